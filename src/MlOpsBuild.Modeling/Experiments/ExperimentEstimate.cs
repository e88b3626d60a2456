using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>What an A/B test found of the difference.</summary>
/// <param name="Control">The metric with the version that serves.</param>
/// <param name="Treatment">The metric with the version on test.</param>
/// <param name="Difference">The difference, after what was known before is taken out.</param>
/// <param name="Interval">Where it lies: at this look alone, or at this and every other one, by the design.</param>
/// <param name="VarianceLeft">What is left of a unit's variance after that, 1 − ρ².</param>
public sealed record ExperimentEstimate(double Control, double Treatment, double Difference, Interval Interval, double VarianceLeft)
{
    /// <summary>The e-value against "no difference", of a test that may be looked at any time; else null.</summary>
    public double? Evidence { get; init; }
}
