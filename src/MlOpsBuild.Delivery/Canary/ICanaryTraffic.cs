using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>What a canary controller moves and reads: the gateway of an environment (a process boundary).</summary>
public interface ICanaryTraffic
{
    /// <summary>
    /// Gives the canary <paramref name="percent"/> of requests from now on (0: only mirrored ones); false when somebody
    /// else changed the routes meanwhile.
    /// </summary>
    Task<bool> SetCanaryAsync(double percent, CancellationToken cancellationToken);

    /// <summary>Takes the canary away from callers; false when somebody else changed the routes meanwhile, who has the say then.</summary>
    Task<bool> EndAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What was seen since the last call; renews the canary's lease. Null when somebody else changed the routes meanwhile.
    /// </summary>
    Task<TrafficBatch?> ReadAsync(CancellationToken cancellationToken);
}
