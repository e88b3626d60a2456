using System.Reflection;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Ci;

/// <summary>The jobs of a build, from what its class can do.</summary>
internal sealed record CiPlan(GeneratedCiAttribute Settings, IReadOnlyList<CiJob> Jobs)
{
    private static readonly string[] HostedRunners = ["ubuntu-", "windows-", "macos-"];

    /// <summary>The plan of <paramref name="build"/>.</summary>
    /// <exception cref="UsageException">The class asks for what cannot work; all of it.</exception>
    public static CiPlan Of(object build)
    {
        var name = build.GetType().Name;
        var settings = build.GetType().GetCustomAttribute<GeneratedCiAttribute>()
            ?? throw new UsageException(new Finding("No build server is named", name, null, "[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab)] on the build class", "add the attribute"));
        var problems = Problems(settings, name).ToList();
        return problems.Count == 0 ? new(settings, [.. JobsOf(build, settings)]) : throw new UsageException("The build servers' files cannot be written", problems);
    }

    private static IEnumerable<CiJob> JobsOf(object build, GeneratedCiAttribute settings)
    {
        if (build is ITestModel)
        {
            var report = build is IReport ? " " + nameof(IReport.Report) : "";
            yield return new("test-model", CiTrigger.Request, $"./build.sh {nameof(ITestModel.TestModel)}{report}", null, build is IReport);
            yield return new("package", CiTrigger.Branch, $"./build.sh {(build is IPackageModel ? nameof(IPackageModel.Package) : nameof(ITestModel.TestModel))}{report}", null, build is IReport);
        }
        else if (build is ITrain)
        {
            yield return new("train", CiTrigger.Request, $"./build.sh {nameof(ITrain.Train)}", null, false);
            yield return new("train-branch", CiTrigger.Branch, $"./build.sh {nameof(ITrain.Train)}", null, false);
        }

        if (settings.Delivers && build is IDeployModel)
        {
            yield return new("deploy", CiTrigger.Person, $"./build.sh {nameof(IDeployModel.Deploy)}", "model-version", false);
        }

        if (settings.Delivers && build is IRollBack)
        {
            yield return new("rollback", CiTrigger.Person, $"./build.sh {nameof(IRollBack.Rollback)}", "reason", false);
        }
    }

    private static IEnumerable<Finding> Problems(GeneratedCiAttribute settings, string build)
    {
        if (settings.Delivers && settings.Hosts.HasFlag(CiHosts.GitHub) && (settings.Runner == null || HostedRunners.Any(hosted => settings.Runner.StartsWith(hosted, StringComparison.Ordinal))))
        {
            yield return new(
                "The environment local would vanish with the hosted machine", $"{build}: Delivers", settings.Runner ?? "ubuntu-latest", "the label of a runner of your own", "set Runner, or leave Delivers out");
        }

        if (settings.Container is { } container && !container.Contains("@sha256:", StringComparison.Ordinal))
        {
            yield return new("A tag can be moved to another image", $"{build}: Container", container, "an image by digest: name@sha256:…", "look the digest up and pin it");
        }

        if (settings.Schedule is { } schedule && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5)
        {
            yield return new("Not a schedule", $"{build}: Schedule", schedule, "cron's five fields, for example 0 3 * * 1", "correct it");
        }

        if (settings.TimeoutMinutes < 1)
        {
            yield return new("Not a time", $"{build}: TimeoutMinutes", settings.TimeoutMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture), "minutes from 1 on", "correct it");
        }
    }
}
