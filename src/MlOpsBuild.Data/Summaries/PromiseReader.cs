using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Reads cells of a column as its contract does, and says which promise they break.</summary>
internal sealed class PromiseReader(ColumnContract column, TableFormat format) : ICellReader
{
    private readonly FieldParser _parser = new(column.Rule, format.DecimalComma);
    private readonly MissingTexts _missing = new(format);

    // Clocks of a zone leave times out; a day is no time at midnight.
    private readonly bool _isPlain = PlainValues.AreIn(format)
        && column.Rule is { Kind: FieldKind.Real or FieldKind.Whole or FieldKind.Time, Zone: null, Categories: null };
    private readonly CellKind _kind = column.Rule.Kind switch
    {
        FieldKind.Real or FieldKind.Whole => CellKind.Number,
        FieldKind.Flag => CellKind.Flag,
        FieldKind.Date or FieldKind.Time => CellKind.Time,
        _ => CellKind.Text,
    };

    public PlainValues? Plain(CellKind kind) =>
        _isPlain && kind == _kind
            ? new(
                kind, column.Rule.Minimum ?? double.NegativeInfinity, column.Rule.Maximum ?? double.PositiveInfinity,
                column.Rule.Kind == FieldKind.Whole)
            : null;

    public CellKind Read(Cell cell, out double value, out string? problem)
    {
        if (_missing.Contain(cell.Text))
        {
            (value, problem) = (double.NaN, column.Nullable ? null : MissingTexts.Problem);
            return CellKind.Missing;
        }

        // What is out of range is a number all the same.
        _parser.Parse(cell.Text, out problem, out value);
        return double.IsNaN(value) ? CellKind.Text : _kind;
    }
}
