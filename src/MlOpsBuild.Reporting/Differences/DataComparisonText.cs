using MlOpsBuild.Core;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Data.Differences.Rows;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Differences;

/// <summary>Says how two data sets differ.</summary>
/// <param name="comparison">How they differ.</param>
public sealed class DataComparisonText(DataComparison comparison)
{
    private const int MostColumns = 12;
    private const int MostCells = 6;

    /// <summary>How they differ.</summary>
    public DataComparison Comparison => comparison;

    private RowDifference Rows => comparison.Rows;

    /// <summary>All in one line.</summary>
    public string Summary => IsSame ? "the same data"
        : Invariant($"{Rows.Added:N0} rows added, {Rows.Removed:N0} removed, {Rows.Changed:N0} changed{(Moved.Count > 0 ? Invariant($"; {Moved.Count} columns moved") : "")}");

    private bool IsSame => Rows is { Added: 0, Removed: 0, Changed: 0, Broken: 0, NewColumns.Count: 0, GoneColumns.Count: 0 };

    private IReadOnlyList<ColumnDrift> Moved => [.. comparison.Columns?.Columns.Where(column => column.Moved) ?? []];

    /// <summary>What differs, table by table; those without rows are left out.</summary>
    public IReadOnlyList<(string Title, ReportTable Table)> Tables =>
    [
        .. (((string, ReportTable Table)[])
        [
            ("Rows", new(["", "Rows", "Added", "Removed", "Changed", "As before"],
            [
                [comparison.Before, Invariant($"{Rows.RowsBefore:N0}"), "", "", "", ""],
                [
                    comparison.Now, Invariant($"{Rows.Rows:N0}"), Invariant($"{Rows.Added:N0}"), Invariant($"{Rows.Removed:N0}"),
                    Invariant($"{Rows.Changed:N0}"), Invariant($"{Rows.Unchanged:N0}")
                ],
            ])),
            ("Changed cells", new(
                ["Column", "Cells", "Of the rows in both"],
                [.. Rows.Columns.Take(MostColumns).Select(column => (IReadOnlyList<string>)
                [column.Name, Invariant($"{column.Cells:N0}"), Invariant($"{(double)column.Cells / (Rows.Rows - Rows.Added):0.0%}")])])),
            ("Rows that differ, the first ones", new(["", "Where", "What"], [.. Rows.Examples.Select(example => (IReadOnlyList<string>)
            [
                example.Kind.ToString().ToLowerInvariant(), example.Place, Cells(example)
            ])])),
            ("Contract", new(["Column", "Change", "Breaks"], [.. comparison.Contract.Select(change => (IReadOnlyList<string>)
            [
                change.Column, change.Text, change.Breaks ?? "nothing"
            ])])),
            ("Columns that moved", new([
                "Column", "Index", "By chance", "Mean before", "Mean now", "Missing before", "Missing now"
            ], [.. Moved.Take(MostColumns).Select(column => (IReadOnlyList<string>)
                [
                    column.Column, Invariant($"{column.Index:0.00}"), Invariant($"{column.ByChance:0.00}"), Number(column.ReferenceMean),
                    Number(column.Mean), Invariant($"{column.ReferenceMissing:0.0%}"), Invariant($"{column.Missing:0.0%}")
                ])])),
        ]).Where(table => table.Table.Rows.Count > 0),
    ];

    /// <summary>What no table says.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        .. ((string?[])
        [
            IsSame ? "The data are the same: every row, whatever the order and the way it is written." : null,
            IsSame ? null
                : Rows.Key.Count > 0 ? $"Rows are told apart by {string.Join(", ", Rows.Key)}."
                : "No columns tell the rows apart, so they are compared whole: a changed row is one removed and one added. --key names columns.",
            Rows.Repeated > 0
                ? Invariant($"{Rows.Repeated:N0} rows share their key with another row of before; they are compared in their order.")
                : null,
            Rows.Broken > 0 ? Invariant($"{Rows.Broken:N0} rows could not be read and were not compared; ValidateData says why.") : null,
            Rows.NewColumns.Count > 0 ? $"New columns: {string.Join(", ", Rows.NewColumns)}." : null,
            Rows.GoneColumns.Count > 0 ? $"Columns that are gone: {string.Join(", ", Rows.GoneColumns)}." : null,
            Rows.Columns.Count > MostColumns ? Invariant($"{Rows.Columns.Count - MostColumns} more columns have changed cells.") : null,
            comparison.Columns is { } judged && !IsSame ? Judged(judged) : null,
            comparison.NotJudged is { } reason ? $"Whether columns moved was not judged: {reason}" : null,
        ]).OfType<string>(),
    ];

    private string Judged(DataDifference judged)
    {
        var open = judged.Columns.Count(column => column.Verdict == Verdict.Inconclusive);
        return Invariant($"{Moved.Count} of {judged.Columns.Count} columns moved by more than is usual and than chance explains{(open > 0 ? Invariant($"; {open} have too few rows to tell") : "")}{(judged.NotCompared.Count > 0 ? $"; not compared: {string.Join(", ", judged.NotCompared)}" : "")}.");
    }

    private static string Cells(RowExample example) => string.Join(", ", example.Cells.Take(MostCells).Select(cell => cell switch
    {
        { Before: null } => $"{cell.Column} {cell.Now}",
        { Now: null } => $"{cell.Column} {cell.Before}",
        _ => cell.Before == cell.Now ? $"{cell.Column} {cell.Now}" : $"{cell.Column} {Shown(cell.Before)} → {Shown(cell.Now)}",
    })) + (example.Cells.Count > MostCells ? ", …" : "");

    private static string Shown(string text) => text.Length == 0 ? "(missing)" : text;

    private static string Number(double value) =>
        double.IsNaN(value) ? "" : value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
}
