using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Lets one of several texts through that are not kept: most of a column where all are different would only be kept to be forgotten
/// (Homem and Carvalho 2010, "Finding top-k elements in data streams", the filter of their algorithm FSS). What it saw is counted by
/// some bits of the hash, so that it is known how often one text can have been turned away.
/// </summary>
internal sealed class RareTexts
{
    private const int Counters = 2048;
    private const int Patience = 16;
    private const int FirstBit = 20;
    private const int HeldBits = 1 << 16;
    private const int FirstHeldBit = 40;
    private const int BitsOfWord = 6;
    private readonly long[] _seen = new long[Counters];
    private readonly ulong[] _held = new ulong[HeldBits >> BitsOfWord];

    /// <summary>How often one text can have been turned away.</summary>
    public long Most => _seen.Max();

    /// <summary>Whether a text that is not kept shall be kept now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admits(ulong hash)
    {
        // The more it turned away, the less one more matters to what it knows.
        var seen = ++_seen[(int)(hash >> FirstBit) & (Counters - 1)];
        return (seen & (Patience - 1)) == 0 && (seen & ((1L << (BitOperations.Log2((ulong)seen) - 2)) - 1)) == 0;
    }

    /// <summary>Whether a text may be kept; false where it is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(ulong hash) => ((_held[WordOf(hash)] >> (int)(hash >> FirstHeldBit)) & 1) != 0;

    /// <summary>Says that a text is kept.</summary>
    public void Hold(ulong hash) => _held[WordOf(hash)] |= 1UL << (int)(hash >> FirstHeldBit);

    /// <summary>Says that no text is kept.</summary>
    public void HoldNone() => Array.Clear(_held);

    /// <summary>Takes over what another one saw.</summary>
    public void Merge(RareTexts other)
    {
        for (var i = 0; i < Counters; i++)
        {
            _seen[i] += other._seen[i];
        }
    }

    private static int WordOf(ulong hash) => (int)(hash >> (FirstHeldBit + BitsOfWord)) & ((HeldBits >> BitsOfWord) - 1);
}
