using System.IO.Hashing;
using System.Runtime.CompilerServices;
using MlOpsBuild.Core.Fields;

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

    /// <summary>A number in whose bits those of the text are mixed.</summary>
    public ulong Hash => HashOf(Low, High, (uint)Length);

    /// <summary>The same: both halves of a product of both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong HashOf(ulong low, ulong high, ulong length)
    {
        var upper = Math.BigMul(low ^ First, high ^ Second ^ (length << 56), out var lower);
        return upper ^ lower;
    }

    /// <summary>The key of a text.</summary>
    public static TextKey Of(ReadOnlySpan<byte> text)
    {
        if (text.Length <= ShortText.Most)
        {
            var whole = ShortText.Of(text);
            return new(whole.Low, whole.High, text.Length);
        }

        var hash = XxHash128.HashToUInt128(text);
        return new((ulong)hash, (ulong)(hash >> 64), text.Length);
    }
}
