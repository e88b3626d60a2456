using MlOpsBuild.Delivery.Monitoring;

namespace MlOpsBuild.Delivery.Retraining;

/// <summary>What a decision to train anew is made from.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Version">The version that serves.</param>
/// <param name="Registered">When it was made.</param>
public sealed record RetrainFacts(DateTimeOffset Now, int Version, DateTimeOffset Registered)
{
    /// <summary>Whether somebody asks for it.</summary>
    public bool Asked { get; init; }

    /// <summary>How it is doing, judged by the rise of the loss that the policy names; null where nobody looked.</summary>
    public MonitorResult? Watched { get; init; }

    /// <summary>Rows that it was made from; null where that is not known.</summary>
    public int? RowsThen { get; init; }

    /// <summary>Rows that there are now; null where they were not counted.</summary>
    public int? RowsNow { get; init; }

    /// <summary>When the pipeline was last trained anew by a policy; null when it never was.</summary>
    public DateTimeOffset? Before { get; init; }
}
