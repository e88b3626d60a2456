namespace MlOpsBuild.Modeling.Tuning;

/// <summary>How a trial did.</summary>
/// <param name="ByFold">The first gate's metric, fold by fold, all finite.</param>
public sealed record TrialResult(IReadOnlyList<double> ByFold);
