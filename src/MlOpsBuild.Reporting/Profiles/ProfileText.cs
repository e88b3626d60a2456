using System.Globalization;
using MlOpsBuild.Data.Summaries;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Profiles;

/// <summary>A column in words.</summary>
internal static class ProfileText
{
    private const int Picture = 480;
    private const string Hidden = "***";

    public static ProfileColumn Of(ColumnSummary column)
    {
        var (svg, caption) = PictureOf(column);
        return new(
            column.Name, Kind(column), svg, caption, [.. Facts(column)],
            new(["value", "rows", "share"], [.. column.Top.Select(value => (IReadOnlyList<string>)
            [
                value.Text, Count(value.Count) + (column.TopUndercount > 0 ? " or more" : ""), Share(value.Count, column)
            ])]),
            new(["promise broken", "cells", "first", "value"], [.. column.Promises.Select(Of)]));
    }

    public static IReadOnlyList<string> Of(ContractViolation promise) => [promise.What, Count(promise.Cells), promise.First, promise.Value];

    public static string Kind(ColumnSummary column) => column.Kind switch
    {
        CellKind.Number => "number",
        CellKind.Flag => "flag",
        CellKind.Time => "time",
        CellKind.Text => "text",
        _ => "empty",
    };

    public static string Missing(ColumnSummary column) => column.Missing == 0 ? "" : Share(column.Missing, column);

    public static string Distinct(ColumnSummary column) => (column.DistinctError > 0 ? "≈ " : "") + Count(column.Distinct);

    public static (string Low, string Middle, string High) Range(ColumnSummary column) =>
        column.IsHidden ? (Hidden, Hidden, Hidden)
        : column.Numbers is { } numbers ? (Number(numbers.Minimum), Number(numbers.Quantiles[3]), Number(numbers.Maximum))
        : column.Times is { } times ? (Day(times.First), "", Day(times.Last))
        : column.Top is [var most, ..] ? (MlOpsBuild.Core.Excerpt.Of(most.Text, 24), "", "") : ("", "", "");

    private static (string Svg, string Caption) PictureOf(ColumnSummary column) => column switch
    {
        { Numbers: { } numbers } => (
            SvgHistogram.Draw(column.Name, [.. numbers.Histogram.Select(bin => bin.Count)], Picture),
            $"{Number(numbers.Histogram[0].From)} to {Number(numbers.Histogram[^1].To)}" + Beyond(numbers)),
        { Times: { } times } => (
            SvgHistogram.Draw(column.Name, [.. times.ByMonth.Select(month => month.Rows)], Picture),
            $"Rows by month, {Day(times.First)} to {Day(times.Last)}"),
        _ => ("", ""),
    };

    private static string Beyond(NumberSummary numbers) =>
        numbers.Below + numbers.Above == 0 ? "" : $"; {Count(numbers.Below)} values below and {Count(numbers.Above)} above are not drawn";

    private static IEnumerable<ReportFact> Facts(ColumnSummary column)
    {
        yield return new("values", Count(column.Count));
        yield return new("missing", column.Missing == 0 ? "none" : $"{Count(column.Missing)} ({Share(column.Missing, column)})");
        yield return new("distinct", Distinct(column));
        if (column.Others > 0)
        {
            yield return new("of another kind", Count(column.Others));
        }

        if (column.IsHidden)
        {
            yield return new("shown", "nothing: the column tells of persons");
        }

        foreach (var fact in column.Numbers is { } numbers ? Facts(numbers) : column.Times is { } times ? Facts(times) : [])
        {
            yield return fact;
        }

        if (column is { Lengths: { } lengths, IsHidden: false })
        {
            yield return new("bytes", Invariant($"{lengths[0]} to {lengths[1]}"));
        }
    }

    private static IEnumerable<ReportFact> Facts(NumberSummary numbers)
    {
        yield return new("mean", $"{Number(numbers.Mean)}, standard deviation {Number(numbers.StandardDeviation)}");
        yield return new("range", $"{Number(numbers.Minimum)} to {Number(numbers.Maximum)}");
        yield return new(
            "quantiles",
            string.Join(
                " · ", NumberSummary.Levels.Zip(numbers.Quantiles).Select(level => Invariant($"{level.First:0%}: {Number(level.Second)}")))
                + (numbers.RankError > 0 ? Invariant($" (ranks ± {numbers.RankError:0.00%})") : ""));
        yield return new("shape", $"skewness {Number(numbers.Skewness)}, excess kurtosis {Number(numbers.Kurtosis)}");
    }

    private static IEnumerable<ReportFact> Facts(TimeSummary times)
    {
        yield return new("range", $"{Moment(times.First)} to {Moment(times.Last)}");
        yield return new(
            "order",
            times.Backwards == 0
                ? $"ascending, {Count(times.Repeated)} rows with the time of the one before"
                : $"{Count(times.Backwards)} rows are earlier than the one before");
        if (times.Step is { } step)
        {
            yield return new("step", Invariant($"{step}; {Count(times.MissingRows ?? 0)} rows are missing"));
            yield return new(
                "longest gaps",
                times.Gaps.Count == 0
                    ? "none"
                    : string.Join(" · ", times.Gaps.Take(5).Select(gap => $"{Moment(gap.After)} to {Moment(gap.Until)}")));
        }

        if (times.MissingDays is { } days)
        {
            yield return new("days without rows", Count(days));
        }
    }

    private static string Number(double value) =>
        value == Math.Truncate(value) && Math.Abs(value) < 1e12 ? value.ToString("#,0;−#,0;0", CultureInfo.InvariantCulture)
            : Math.Abs(value) is > 0 and < 0.001 or >= 1e12 ? value.ToString("0.###e+0", CultureInfo.InvariantCulture)
            : ReportText.Number(value);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long cells, ColumnSummary column) => ReportText.Share((double)cells / (column.Count + column.Missing));

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateTime time) =>
        time.ToString(time.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
