using MlOpsBuild.Modeling.Experiments;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>An A/B test as it stands.</summary>
/// <param name="Record">What it is.</param>
/// <param name="Look">What its units say now, or said when it ended; null where nothing could be read.</param>
/// <param name="InForce">Whether the gateway splits units by it.</param>
public sealed record ExperimentState(ExperimentRecord Record, ExperimentLook? Look, bool InForce)
{
    /// <summary>What of the log nobody counts, and why; empty when all is well.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
