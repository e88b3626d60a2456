using System.Text;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Tables;

/// <summary>The texts that mean in a file that a value is missing.</summary>
internal sealed class MissingTexts(TableFormat format)
{
    /// <summary>The promise that such a cell breaks where a value is needed.</summary>
    public const string Problem = "Missing value";

    private readonly byte[][] _texts = [.. format.Missing.Select(Encoding.UTF8.GetBytes)];
    private readonly ulong _lengths =
        format.Missing.Aggregate(1UL, (lengths, text) => lengths | LengthBit(Encoding.UTF8.GetByteCount(text)));

    /// <summary>Whether a number or a time can mean that there is no value, as −999 does in some files.</summary>
    public static bool HaveDigits(TableFormat format) => format.Missing.Any(text => text.Any(char.IsAsciiDigit));

    /// <summary>Whether a cell holds no value.</summary>
    public bool Contain(ReadOnlySpan<byte> cell) => (_lengths & LengthBit(cell.Length)) != 0 && IsOne(cell);

    // One bit for all that are longer.
    private static ulong LengthBit(int length) => 1UL << Math.Min(length, 63);

    private bool IsOne(ReadOnlySpan<byte> cell)
    {
        foreach (var text in _texts)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }

        return cell.Length == 0;
    }
}
