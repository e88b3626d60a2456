using MlOpsBuild.Modeling.Slices;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>Rows on which a model is worse than elsewhere, as a table.</summary>
public static class WeakSliceTable
{
    /// <summary>The table; without rows where none were found.</summary>
    public static ReportTable Of(IReadOnlyList<FoundSlice> slices) => new(
        ["worse where", "rows", "metric", "there", "elsewhere", "effect", "p", "against the champion [95 %]"],
        [.. slices.Select(slice => (IReadOnlyList<string>)
        [
            slice.Describe(), ReportText.Rows(slice.Rows), slice.Metric, ReportText.Number(slice.Candidate),
            ReportText.Number(slice.Elsewhere), Invariant($"{slice.Effect:0.00}"),
            slice.Probability < 0.001 ? "< 0.001" : Invariant($"{slice.Probability:0.000}"),
            slice is { Champion: { } champion, Difference: { } difference }
                ? $"{ReportText.Signed(slice.Candidate - champion)} {ReportText.Of(difference)}"
                : ReportText.Unknown,
        ])]);
}
