namespace MlOpsBuild.Modeling.Experiments;

/// <summary>A unit of an A/B test: a user, and not a request.</summary>
/// <param name="Treated">Whether it gets the version on test.</param>
/// <param name="Complete">Whether its time is over, so that what it counts for stays what it is.</param>
/// <param name="Value">Sum of its outcomes in that time; 0 without any.</param>
/// <param name="Before">The same of the time before the test.</param>
public readonly record struct ExperimentUnit(bool Treated, bool Complete, double Value, double Before)
{
    /// <summary>Sum of what a ratio is divided by.</summary>
    public double Per { get; init; }

    /// <summary>The same of the time before the test.</summary>
    public double PerBefore { get; init; }
}
