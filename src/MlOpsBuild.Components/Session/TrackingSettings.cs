using MlOpsBuild.Core;
using MlOpsBuild.Tracking;

namespace MlOpsBuild.Components.Session;

/// <summary>What the caller said of MLflow.</summary>
/// <param name="Mirror">The server that gets what was done; null when nobody named one.</param>
/// <param name="Required">Whether a server that does not take it fails the build.</param>
internal sealed record TrackingSettings(TrackingServer? Mirror, bool Required)
{
    /// <summary>Nobody said anything.</summary>
    public static TrackingSettings None { get; } = new(null, false);

    /// <summary>What the caller of <paramref name="build"/> said.</summary>
    /// <exception cref="UsageException">The address is none, or lacks; or credentials would be seen on the way.</exception>
    public static TrackingSettings Of(IHazMlflow build, RunSession session) => !string.IsNullOrWhiteSpace(build.Mlflow)
        ? new(Open(build.Mlflow, "--mlflow", session), build.MlflowRequired == true)
        : build.MlflowRequired != true ? None
        : throw new UsageException(new Finding(
            "MLB7122", "A mirror is required and no server is named", "--mlflow-required", null, "--mlflow URL",
            "name the server, or leave the switch out"));

    /// <summary>
    /// The server whose registry is asked for models: the one that is mirrored to, or the one of MLflow's own clients. Nothing is written
    /// to that one.
    /// </summary>
    public TrackingServer? Registry(RunSession session) => Mirror
        ?? (session.Environment.GetValueOrDefault(TrackingServer.AddressVariable) is { Length: > 0 } address
            ? Open(address, TrackingServer.AddressVariable, session)
            : null);

    private static TrackingServer Open(string address, string option, RunSession session)
    {
        // It is refused; before that nobody shows it.
        if (Uri.TryCreate(address, UriKind.Absolute, out var read) && read.UserInfo.Split(':', 2) is [_, { Length: > 0 } password])
        {
            session.Output.Mask(Uri.UnescapeDataString(password));
            session.Output.Mask(password);
        }

        var server = TrackingServer.Parse(address, option, session.Environment);
        server.Secrets.ToList().ForEach(session.Output.Mask);
        return server;
    }
}
