using System.Runtime.CompilerServices;
using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Says what a cell seems to hold, where nothing is promised.</summary>
internal sealed class ContentReader(TableFormat format) : ICellReader
{
    private readonly FieldParser _number = new(new("x", FieldKind.Real), format.DecimalComma);
    private readonly FieldParser _time = new(new("x", FieldKind.Time) { Zone = "UTC" });
    private readonly MissingTexts _missing = new(format);
    private readonly bool _isPlain = PlainValues.AreIn(format);

    public PlainValues? Plain(CellKind kind) =>
        _isPlain && kind is (CellKind.Number or CellKind.Time)
            ? new(kind, double.NegativeInfinity, double.PositiveInfinity, false)
            : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CellKind Read(Cell cell, out double value, out string? problem)
    {
        (value, problem) = (double.NaN, null);
        return _missing.Contain(cell.Text) ? CellKind.Missing
            : !format.DecimalComma && DecimalDigits.TryParse(cell.Start, out value) ? CellKind.Number
            : Read(cell.Text, ref value);
    }

    private CellKind Read(ReadOnlySpan<byte> cell, ref double value)
    {
        if (cell.Length >= 10 && cell[4] == '-' && cell[7] == '-')
        {
            value = _time.Parse(cell, out var noTime);
            return noTime == null ? CellKind.Time : CellKind.Text;
        }

        if (char.IsAsciiDigit((char)cell[0]) || cell[0] is (byte)'-' or (byte)'+' or (byte)'.' or (byte)',')
        {
            value = _number.Parse(cell, out var noNumber);
            return noNumber == null ? CellKind.Number : CellKind.Text;
        }

        var isTrue = Ascii.EqualsIgnoreCase(cell, "true"u8);
        if (!isTrue && !Ascii.EqualsIgnoreCase(cell, "false"u8))
        {
            return CellKind.Text;
        }

        value = isTrue ? 1 : 0;
        return CellKind.Flag;
    }
}
