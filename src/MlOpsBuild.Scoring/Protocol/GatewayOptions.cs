using MlOpsBuild.Core.Telemetry;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a gateway does.</summary>
/// <param name="Files">Identity, secrets, files.</param>
/// <param name="Pipeline">Name in metrics.</param>
/// <param name="Port">Port for predictions; 0 takes a free one.</param>
/// <param name="Seed">Seed of the assignment of requests to arms.</param>
/// <param name="RoutesFile">Where the routes in force are kept, so that a gateway that starts again has them.</param>
/// <param name="FeedbackToken">Bearer token of <c>/feedback</c>.</param>
public sealed record GatewayOptions(ServerFiles Files, string Pipeline, int Port, long Seed, string RoutesFile, string FeedbackToken)
{
    /// <summary>
    /// The runtime's switch for code compiled by its profile: a gateway lives long enough to gain by it (a quarter more requests a second).
    /// </summary>
    public const string ProfileVariable = "DOTNET_TieredPGO";

    /// <summary>Port for administration; 0 takes a free one.</summary>
    public int AdminPort { get; init; }

    /// <summary>
    /// Port at which what stands before the gateway delivers the canary's share (<see cref="RouteTable.SplitBefore"/>); 0 for none.
    /// </summary>
    public int CanaryPort { get; init; }

    /// <summary>Where it keeps predictions for monitoring; null keeps none.</summary>
    public PredictionLogPlace? Log { get; init; }

    /// <summary>Where it finds the newest values of feature views; null where it looks nothing up.</summary>
    public OnlinePlace? Online { get; init; }

    /// <summary>Where its metrics go, beside <c>/metrics</c>; null for nowhere.</summary>
    public OtlpSettings? Telemetry { get; init; }

    /// <summary>How much others may make it hold.</summary>
    // Generated code that reads this gives null to what is left out.
    public ServerLimits Limits { get; init => field = value ?? new(); } = new();
}
