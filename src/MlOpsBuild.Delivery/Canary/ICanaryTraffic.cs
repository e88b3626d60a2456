using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>What a canary controller moves and reads: the gateway of an environment (a process boundary).</summary>
public interface ICanaryTraffic
{
    /// <summary>Gives the canary <paramref name="percent"/> of requests from now on; false when somebody else changed the routes meanwhile.</summary>
    Task<bool> SetCanaryAsync(double percent, CancellationToken cancellationToken);

    /// <summary>Counts of this canary, one element per weight; null when somebody else changed the routes meanwhile.</summary>
    Task<IReadOnlyList<EpochCounts>?> CountAsync(CancellationToken cancellationToken);
}
