namespace MlOpsBuild.Core;

/// <summary>Which way a metric improves.</summary>
public enum Direction
{
    /// <summary>Smaller is better (errors, latency).</summary>
    LowerIsBetter,

    /// <summary>Larger is better (R², accuracy).</summary>
    HigherIsBetter,
}
