using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>How far groups are apart in one rate.</summary>
/// <param name="Column">The column that says who belongs to which group.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Groups">The rate in each group that has enough rows.</param>
/// <param name="Gap">The largest rate minus the smallest (Fairlearn's difference); NaN with fewer than two groups.</param>
/// <param name="Interval">
/// The gap's interval: of all pairs of groups together (Bonferroni), so that it holds whichever are furthest apart; null where there are
/// too few days or rows.
/// </param>
/// <param name="LeftOut">Groups with too few rows, with their number.</param>
public sealed record FairnessOutcome(
    string Column, FairnessRate Rate, IReadOnlyList<GroupRate> Groups, double Gap, Interval? Interval, IReadOnlyList<string> LeftOut)
{
    /// <summary>
    /// The smallest rate as a part of the largest (Fairlearn's ratio; below 0.8 the four-fifths rule of the EEOC's Uniform Guidelines is
    /// broken); NaN where it is none.
    /// </summary>
    public double Ratio => Groups.Count < 2 ? double.NaN : Groups.Min(group => group.Rate) / Groups.Max(group => group.Rate);
}
