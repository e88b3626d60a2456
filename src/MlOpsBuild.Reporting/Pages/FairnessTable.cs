using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>How far groups are apart, as a table: a line for each rate.</summary>
public static class FairnessTable
{
    /// <summary>The table; without rows where no groups are compared.</summary>
    public static ReportTable Of(IReadOnlyList<FairnessOutcome> outcomes) => new(
        ["groups by", "rate", "in each group [95 %]", "gap [95 %]", "ratio"],
        [.. outcomes.Select(outcome => (IReadOnlyList<string>)
        [
            outcome.Column, ReportText.Words(outcome.Rate),
            string.Join("; ", outcome.Groups.Select(Group)
                .Concat(outcome.LeftOut.Select(group => $"{group}: too few"))),
            double.IsNaN(outcome.Gap) ? ReportText.Unknown : ReportText.Number(outcome.Gap)
                + (outcome.Interval is { } interval ? $" [{ReportText.Number(interval.Lower)}, {ReportText.Number(interval.Upper)}]" : ""),
            ReportText.Number(outcome.Ratio),
        ])]);

    private static string Group(GroupRate group) => $"{group.Group} {ReportText.Number(group.Rate)}"
        + (group.Interval is { } interval ? $" [{ReportText.Number(interval.Lower)}, {ReportText.Number(interval.Upper)}]" : "")
        + Invariant($" of {group.Rows:N0}");
}
