using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Summaries;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Store.Content;
using static System.FormattableString;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Profiles;

/// <summary>What data look like, in words, tables and pictures.</summary>
/// <param name="summary">What was seen.</param>
/// <param name="simulated">Whether the data is simulated.</param>
public sealed class ProfileReport(DataSummary summary, bool simulated)
{
    private const string Template = "profile.html.sbn";
    private const int MostCorrelations = 20;
    private const int SmallPicture = 120;

    /// <summary>What was found, in a sentence.</summary>
    public string Answer
    {
        get
        {
            var broken = summary.Columns.Where(column => column.Promises.Count > 0).Select(column => column.Name).ToList();
            var size = Invariant($"{summary.Rows:N0} rows, {summary.Columns.Count} columns");
            var rows = summary.Broken == 0 ? ""
                : summary.Broken == 1 ? "1 row is broken. "
                : Invariant($"{summary.Broken:N0} rows are broken. ");
            return summary.Contract is not { } contract ? $"{size}. {rows}Nothing is promised about them."
                : broken.Count > 0
                    ? Invariant($"{size}. {rows}Cells break promises of {contract} in {broken.Count}: {string.Join(", ", broken)}.")
                : summary.Broken > 0 ? $"{size}. {rows}The cells of all others keep the promises of {contract}."
                : $"{size}. Every cell keeps the promises of {contract}.";
        }
    }

    /// <summary>The columns, a line each, narrow enough for a terminal.</summary>
    public ReportTable Summary => new(
        ["column", "kind", "missing", "distinct", "from", "median", "to", "shape"],
        [.. summary.Columns.Select(column => (IReadOnlyList<string>)
        [
            .. Cells(column),
            Shape([.. Counts(column).Chunk(2).Select(pair => (double)pair.Sum())])
        ])]);

    // From nothing on: values that are nearly even look even.
    private static string Shape(double[] counts) => counts.Length == 0 ? "" : Sparkline.Of(counts, 0, counts.Max());

    /// <summary>The promises that cells break, a line each.</summary>
    public ReportTable Promises => new(
        ["column", "what", "cells", "first", "value"],
        [.. summary.Columns.SelectMany(column => column.Promises.Select(promise => (IReadOnlyList<string>)
        [
            column.Name,
            .. ProfileText.Of(promise)
        ]))]);

    /// <summary>The page: it needs no network and no scripts.</summary>
    public string Html() =>
        new ScribanRenderer(TextFormat.Html).Render(EmbeddedText.Read(typeof(ReportTemplate).Assembly, Template), new ProfilePage(
            summary.Name, Answer,
            summary.Contract == null && summary.Broken == 0 ? "Inconclusive" : summary.KeepsPromises ? "Passed" : "Failed", simulated,
            [.. summary.Columns.Select(ProfileText.Of)],
            [.. summary.Columns.Select(Row)],
            new(["column", "and", "correlation", "rows"], [.. summary.Correlations.Take(MostCorrelations).Select(
                pair => (IReadOnlyList<string>)[pair.First, pair.Second, ReportText.Signed(pair.Value), Invariant($"{pair.Rows:N0}")])]),
            new(["what", "where", "value", "expected"], [.. summary.Findings.Select(finding => (IReadOnlyList<string>)
            [
                finding.What, finding.Where ?? "", finding.Value ?? "", finding.Expected ?? ""
            ])]),
            Method));

    /// <summary>Writes <c>profile.html</c> and <c>profile.json</c> into <paramref name="folder"/>.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteAsync(Path.Combine(folder, "profile.html"), Encoding.UTF8.GetBytes(Html()), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "profile.json"), CanonicalJson.Serialize(summary), cancellationToken);
    }

    private string Method
    {
        get
        {
            var sketched = summary.Columns.Where(column => column.DistinctError > 0).ToList();
            return sketched.Count == 0 ? "One pass; every value was counted."
                : Invariant($"One pass with bounded memory. Of {string.Join(", ", sketched.Select(column => column.Name))} there are too many different values to count: quantiles are those of ranks off by at most {sketched.Max(column => column.Numbers?.RankError ?? 0):0.00%} (99 % certain; KLL), numbers of different values have a standard error of {sketched[0].DistinctError:0.0%} (HyperLogLog). Everything else was counted.");
        }
    }

    private static IReadOnlyList<string> Cells(ColumnSummary column)
    {
        var (low, middle, high) = ProfileText.Range(column);
        return [column.Name, ProfileText.Kind(column), ProfileText.Missing(column), ProfileText.Distinct(column), low, middle, high];
    }

    private static ProfileRow Row(ColumnSummary column)
    {
        var broken = column.Promises.Sum(promise => promise.Cells);
        return new(
            column.Name, [.. Cells(column).Skip(1)], broken == 0 ? "" : Invariant($"{broken:N0}"),
            Counts(column) is { Count: > 0 } counts ? SvgHistogram.Draw($"How {column.Name} is distributed", counts, SmallPicture) : "");
    }

    private static IReadOnlyList<long> Counts(ColumnSummary column) =>
        column.Numbers is { } numbers ? [.. numbers.Histogram.Select(bin => bin.Count)]
        : column.Times is { } times ? [.. times.ByMonth.Select(month => month.Rows)]
        : [.. column.Top.Select(value => value.Count)];
}
