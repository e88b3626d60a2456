namespace MlOpsBuild.Scoring.Protocol;

/// <summary>
/// One line of a gateway's log of units: a unit that was there (its first request of a day, and of a test), or an outcome of one.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Unit">The unit, as a keyed hash: the same for the same one, and nobody reads who it is.</param>
public sealed record UnitEntry(DateTimeOffset At, string Unit)
{
    /// <summary>What the files are called, in the order of their days.</summary>
    public const string Pattern = "units-*.jsonl";

    /// <summary>The A/B test that the unit was in; null of an outcome, and without a test.</summary>
    public string? Experiment { get; init; }

    /// <summary>The unit's arm there.</summary>
    public ExperimentArm? Arm { get; init; }

    /// <summary>What the unit did; null of a request.</summary>
    public string? Metric { get; init; }

    /// <summary>How much of it.</summary>
    public double? Value { get; init; }

    /// <summary>The event's own name, as a keyed hash.</summary>
    public string? Event { get; init; }
}
