using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>What a candidate must show on one metric before it may be packaged.</summary>
public sealed record GateSpec
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Worst allowed value, or null.</summary>
    public double? Bound { get; init; }

    /// <summary>A baseline that must be beaten, or null.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether the whole interval must lie on the better side, not only the point estimate.</summary>
    /// <value>true.</value>
    public bool BaselineForCertain { get; init; } = true;

    /// <summary>Largest tolerated loss against the champion, relative to the champion's value, or null for no comparison.</summary>
    public double? ChampionMargin { get; init; }

    /// <summary>Coverage of the intervals.</summary>
    /// <value>0.95.</value>
    public double Confidence { get; init; } = 0.95;
}
