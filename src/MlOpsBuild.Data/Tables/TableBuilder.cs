using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Tables;

/// <summary>Keeps the numbers and texts of rows that passed.</summary>
internal sealed class TableBuilder(DataContract contract)
{
    private readonly List<double>[] _values = [.. contract.Columns.Select(_ => new List<double>())];
    private readonly Dictionary<string, double> _texts = new(StringComparer.Ordinal);
    private readonly List<DateTime> _times = [];
    private int? _heldOutFrom;

    /// <summary>What follows is held out.</summary>
    public void BeginHeldOut() => _heldOutFrom = _values[0].Count;

    /// <summary>Keeps the row that was checked.</summary>
    public void Add(RowChecker row, IRowCursor cells)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i].Add(IsKept(contract.Columns[i]) ? PositionOf(row, cells.Cell(row.Positions[i])) : row.Values[i]);
        }

        if (row.Time is { } time)
        {
            _times.Add(time);
        }
    }

    /// <summary>The table; the builder is used up, since no value is kept twice.</summary>
    public DataTable Build()
    {
        var (rows, columns, texts) = (_values[0].Count, new Dictionary<string, double[]>(), new Dictionary<string, double[]>());
        for (var i = 0; i < _values.Length; i++)
        {
            var column = contract.Columns[i];
            if (column.Rule.Kind != FieldKind.Text)
            {
                columns[column.Name] = [.. _values[i]];
            }
            else if (IsKept(column))
            {
                texts[column.Name] = [.. _values[i]];
            }

            _values[i] = [];
        }

        return new(contract, columns, _times, rows) { HeldOutFrom = _heldOutFrom ?? rows, TextColumns = texts, Texts = [.. _texts.Keys] };
    }

    // Features may read them, identifiers place rows in a draw, and answers are compared with labels.
    private static bool IsKept(ColumnContract column) => column is { Rule.Kind: FieldKind.Text, Role: not ColumnRole.Leak };

    private double PositionOf(RowChecker row, ReadOnlySpan<byte> cell)
    {
        if (row.IsMissing(cell))
        {
            return double.NaN;
        }

        var text = Encoding.UTF8.GetString(cell);
        return _texts.TryGetValue(text, out var known) ? known : _texts[text] = _texts.Count;
    }
}
