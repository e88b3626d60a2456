using System.IO.Hashing;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>
/// One number for what a cell holds: the same for 1, 1.0 and +1, for a day and its midnight, for every way to say missing. A leading zero
/// makes a text of a number (007 is not 7), and so do more digits than a number keeps.
/// </summary>
internal sealed class CellHash(TableFormat format)
{
    private const double MostExact = 1L << 53;
    private readonly ContentReader _content = new(format);

    /// <summary>The number of a cell.</summary>
    public ulong Of(Cell cell)
    {
        var kind = _content.Read(cell, out var value, out _);
        return kind == CellKind.Missing ? 0
            : kind == CellKind.Text || (kind == CellKind.Number && !IsNumber(cell.Text, value)) ? XxHash3.HashToUInt64(cell.Text)
            : Mixed(BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value), kind);
    }

    private static bool IsNumber(ReadOnlySpan<byte> cell, double value)
    {
        var digits = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        return Math.Abs(value) < MostExact && !(digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9');
    }

    // As texts are hashed, with the kind as seed: a number is no text that looks like its bits.
    private static ulong Mixed(ulong bits, CellKind kind) => XxHash3.HashToUInt64(BitConverter.GetBytes(bits), (long)kind + 1);
}
