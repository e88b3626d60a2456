using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Slices;

/// <summary>Rows on which a model is worse than on the others, found and not declared.</summary>
/// <param name="Conditions">What they have in common, all of it.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Effect">
/// The effect size √2 (loss there − loss elsewhere) / √(variance there + variance elsewhere) (Chung et al. 2019, Slice Finder).
/// </param>
/// <param name="Probability">
/// The chance of such a difference where there is none, adjusted for everything that was looked at (Benjamini and Hochberg 1995).
/// </param>
/// <param name="Metric">The metric.</param>
/// <param name="Candidate">Its value there.</param>
/// <param name="Elsewhere">Its value on all other rows.</param>
public sealed record FoundSlice(
    IReadOnlyList<SliceCondition> Conditions, int Rows, double Effect, double Probability, string Metric, double Candidate,
    double Elsewhere)
{
    /// <summary>The champion's value there; null without one.</summary>
    public double? Champion { get; init; }

    /// <summary>Interval of the difference to the champion's; null without one, or where there are too few days.</summary>
    public Interval? Difference { get; init; }

    /// <summary>What they have in common, for people.</summary>
    public string Describe() => string.Join(" and ", Conditions);
}
