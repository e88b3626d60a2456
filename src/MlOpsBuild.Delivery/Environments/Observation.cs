using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>What serves, asked and not remembered.</summary>
/// <param name="Gateway">The gateway if it is alive.</param>
/// <param name="Routes">Its routes.</param>
/// <param name="Servers">Model servers.</param>
public sealed record Observation(ServerInstance? Gateway, RouteTable? Routes, IReadOnlyList<ObservedServer> Servers)
{
    /// <summary>Why the gateway does not answer, as far as whoever runs it knows; null where it answers, or nobody knows.</summary>
    public string? GatewayProblem { get; init; }

    /// <summary>The server that answers what the canary does not, if it is alive.</summary>
    public ServerInstance? Serving => Servers.FirstOrDefault(server => server.Alive && server.Instance.Is(Routes?.Baseline))?.Instance;

    /// <summary>Where predictions are asked for.</summary>
    public Uri? Address => Gateway == null ? null : CallersAddress ?? new Uri($"http://127.0.0.1:{Gateway.Port}");

    /// <summary>Where callers come in; null for the gateway's port on this machine.</summary>
    public Uri? CallersAddress { get; init; }

    /// <summary>A living server of <paramref name="version"/>, or null.</summary>
    public ServerInstance? Alive(int version) =>
        Servers.FirstOrDefault(server => server.Alive && server.Instance.Version == version)?.Instance;

    /// <summary>What a server is there for, in words.</summary>
    /// <param name="server">The server.</param>
    /// <param name="champion">The version that should serve; null where none should.</param>
    public string RoleOf(ObservedServer server, int? champion) =>
        server.Instance.Is(Routes?.Canary) ? "canary"
        : server.Instance.Is(Routes?.Experiment?.Treatment) ? "A/B test"
        : server.Instance.Version == champion ? "champion"
        : "for a rollback";

    /// <summary>What was observed, in words: what serves where, or that nothing does.</summary>
    public string Describe() => Serving is { } serving ? $"v{serving.Version} serves at {Address}"
        : Gateway == null ? $"nothing serves: the gateway does not answer{(GatewayProblem == null ? "" : $" ({GatewayProblem})")}"
        : $"nothing serves at {Address}";
}
