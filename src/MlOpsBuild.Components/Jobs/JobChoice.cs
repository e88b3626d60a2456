using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Components.Jobs;

/// <summary>Where the stages of a build run that may run elsewhere.</summary>
/// <param name="InCluster">Whether they run as jobs of a cluster.</param>
/// <param name="Base">The image that the worker's stands on, by digest; null for this machine's own C library.</param>
internal sealed record JobChoice(bool InCluster, string? Base)
{
    private const string Here = "here";
    private const string Kubernetes = "kubernetes";

    /// <summary>Nobody said anything.</summary>
    public static JobChoice None { get; } = new(false, null);

    /// <summary>What the caller of <paramref name="build"/> said.</summary>
    /// <exception cref="UsageException">There is no such place, or what it needs was not said; all of it at once.</exception>
    public static JobChoice Of(IHazSession build)
    {
        var findings = new List<Finding>();
        var (executor, image) = (build.Executor ?? Here, string.IsNullOrEmpty(build.JobImage) ? null : build.JobImage);
        if (executor is not (Here or Kubernetes))
        {
            findings.Add(new(
                "MLB7170", "No such executor", "--executor", executor, $"{Here} or {Kubernetes}", "correct it"));
        }

        if (executor == Kubernetes && string.IsNullOrEmpty(build.Registry))
        {
            findings.Add(new(
                "MLB7171", "No registry that the cluster's jobs read from and write to", "--executor kubernetes", null,
                "--registry HOST/REPOSITORY", "name it, or write \"Registry\" into .nuke/parameters.json"));
        }

        if (executor == Kubernetes && !OperatingSystem.IsLinux())
        {
            findings.Add(new(
                "MLB7172", "Jobs are of the same system as the build", "--executor kubernetes", Environment.OSVersion.Platform.ToString(),
                "Linux", "start the build on Linux: on a build server, in a container or in WSL"));
        }

        if (image != null)
        {
            _ = executor == Kubernetes ? BaseImage.Parse(image).Digest : Refuse(image);
        }

        return findings.Count > 0
            ? throw new UsageException("The stages cannot run there", findings)
            : new(executor == Kubernetes, image);

        Digest Refuse(string given)
        {
            findings.Add(new(
                "MLB7173", "An image for jobs, and there are none", "--job-image", given, "--executor kubernetes", "leave it out"));
            return default;
        }
    }
}
