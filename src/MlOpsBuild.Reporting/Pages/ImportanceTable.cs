using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>What a model depends on, as a table.</summary>
public static class ImportanceTable
{
    private const int MostShown = 10;

    /// <summary>The most important inputs; without rows where nothing is known.</summary>
    public static ReportTable Of(ModelExplanation? explanation) => explanation == null ? new([], []) : new(
        [
            "depends on", $"{explanation.Metric} worse when shuffled", "[95 %]",
            .. explanation.Unit is { } unit ? [$"adds on average, {unit}"] : Array.Empty<string>(),
        ],
        [.. explanation.Columns.Take(MostShown).Select(column => (IReadOnlyList<string>)
        [
            column.Column, column.Loss is { } loss ? ReportText.Signed(loss) : ReportText.Unknown,
            column.Interval is { } interval ? ReportText.Of(interval) : "",
            .. explanation.Unit == null ? Array.Empty<string>()
                : [column.Contribution is { } size ? "± " + ReportText.Number(size) : ReportText.Unknown],
        ])]);
}
