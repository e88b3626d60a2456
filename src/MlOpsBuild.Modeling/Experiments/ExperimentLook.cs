namespace MlOpsBuild.Modeling.Experiments;

/// <summary>A look at an A/B test.</summary>
/// <param name="At">When.</param>
/// <param name="Ratio">How units were split.</param>
/// <param name="Complete">Units whose time is over, of those that count.</param>
/// <param name="Planned">Units that it was made for.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, with numbers.</param>
public sealed record ExperimentLook(
    DateTimeOffset At, ExperimentRatio Ratio, int Complete, int Planned, ExperimentVerdict Verdict, string Reason)
{
    /// <summary>The difference; null while it may not be told, or cannot be.</summary>
    public ExperimentEstimate? Estimate { get; init; }
}
