using System.IO.Hashing;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>What a text is known by: itself up to sixteen bytes, else 128 bits of a hash and its length.</summary>
/// <param name="Low">The first half of it.</param>
/// <param name="High">The other half.</param>
/// <param name="Length">Bytes of the text.</param>
internal readonly record struct TextKey(ulong Low, ulong High, int Length)
{
    // Odd numbers without a pattern: the fractions of π.
    private const ulong First = 0x243F_6A88_85A3_08D3;
    private const ulong Second = 0x1319_8A2E_0370_7345;

    /// <summary>A number in whose bits those of the text are mixed: both halves of a product of both halves.</summary>
    public ulong Hash
    {
        get
        {
            var high = Math.BigMul(Low ^ First, High ^ Second ^ ((ulong)Length << 56), out var low);
            return high ^ low;
        }
    }

    /// <summary>The key of a cell.</summary>
    public static TextKey Of(Cell cell) =>
        cell.Start.Length <= ShortText.Most ? new(cell.Start.Low, cell.Start.High, cell.Start.Length) : OfLong(cell.Text);

    private static TextKey OfLong(ReadOnlySpan<byte> text)
    {
        var hash = XxHash128.HashToUInt128(text);
        return new((ulong)hash, (ulong)(hash >> 64), text.Length);
    }
}
