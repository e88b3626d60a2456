using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Views;

/// <summary>The rows of a feature view, to be asked for the values of a key at a moment.</summary>
public sealed class ViewRows
{
    private readonly DataTable _table;

    private ViewRows(FeatureViewSpec view, DataTable table)
    {
        (View, _table) = (view, table);
        var at = Moments(view.Time);
        var known = view.Known == null ? at : Moments(view.Known);
        Index = PointInTimeIndex.Of(
            [.. Enumerable.Range(0, table.Rows).Select(KeyOf)], [.. at.Zip(known, (first, second) => new ValueTime(first, second))]);
    }

    /// <summary>The view.</summary>
    public FeatureViewSpec View { get; }

    /// <summary>Finds rows by key and moment.</summary>
    public PointInTimeIndex Index { get; }

    /// <summary>Rows.</summary>
    public int Count => _table.Rows;

    /// <summary>The rows of <paramref name="table"/>, which keep the view's contract.</summary>
    public static ViewRows Of(FeatureViewSpec view, DataTable table) => new(view, table);

    /// <summary>The row whose values count for a key at a moment; null with the reason where none does.</summary>
    /// <param name="key">The key; null where the asking row names none.</param>
    /// <param name="moment">Ticks of universal time.</param>
    /// <param name="outcome">What became of the search.</param>
    public int? Find(string? key, long moment, out LookupOutcome outcome)
    {
        var row = key == null ? null : Index.Latest(key, moment);
        outcome = PointInTime.Judge(row is { } found ? Index.TimeOf(found) : null, moment, View.MaxAge);
        return outcome == LookupOutcome.Found ? row : null;
    }

    /// <summary>The text of a value; null where it is missing.</summary>
    public string? Text(int row, string column) =>
        FieldWriter.Text(View.Contract[column].Rule, _table.Values(column)[row], Free(row, column));

    /// <summary>The same as JSON.</summary>
    public string Json(int row, string column) =>
        FieldWriter.Json(View.Contract[column].Rule, _table.Values(column)[row], Free(row, column));

    private string KeyOf(int row) => EntityKey.Of([.. View.Entities.Select(column => Text(row, column))]) ?? "";

    private long[] Moments(string column)
    {
        var clock = new ClockMoment(View.Contract[column].Rule);
        return [.. _table.Columns[column].Select(clock.OfValue)];
    }

    private string? Free(int row, string column) =>
        _table.TextColumns.TryGetValue(column, out var positions) && !double.IsNaN(positions[row])
            ? _table.Texts[(int)positions[row]]
            : null;
}
