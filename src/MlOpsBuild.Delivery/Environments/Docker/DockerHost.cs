using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>Where the container engine listens.</summary>
public static class DockerHost
{
    private const string Variable = "DOCKER_HOST";
    private static readonly string Usual = OperatingSystem.IsWindows() ? "npipe://./pipe/docker_engine" : "unix:///var/run/docker.sock";

    /// <summary>What <c>DOCKER_HOST</c> says, else where it was when something was started, else the usual place.</summary>
    /// <param name="variables">Environment variables.</param>
    /// <param name="remembered">Where it was, null when nothing was started.</param>
    /// <exception cref="UsageException">It is not on this machine: what serves there is published on a
    /// loopback that is not ours.</exception>
    public static Uri Of(IReadOnlyDictionary<string, string> variables, Uri? remembered)
    {
        var given = variables.GetValueOrDefault(Variable) is { Length: > 0 } text ? text : remembered?.OriginalString ?? Usual;
        return Uri.TryCreate(given, UriKind.Absolute, out var host)
            && (host.Scheme is "unix" or "npipe" || (host.Scheme is "tcp" or "http" && host.IsLoopback))
            ? host
            : throw new UsageException(new Finding(
                "MLB5015", "Not a container engine of this machine", Variable, given,
                $"unix:///PATH, npipe://./pipe/NAME or tcp://127.0.0.1:PORT; {Usual} by default",
                "run the command on the machine whose engine it is: containers are published on that machine's loopback only"));
    }
}
