using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    public bool Admits(ulong hash)
    {
        ref var seen = ref _seen[CounterOf(hash)];
        return IsTurn(++seen);
    }

    /// <summary>Turns texts away, all but those that may be kept or that shall be asked about (<see cref="Admits"/>).</summary>
    /// <param name="hashes">Their hashes.</param>
    /// <param name="others">Gets the places of those others; room for all.</param>
    /// <returns>How many others there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int TurnAway(ReadOnlySpan<ulong> hashes, Span<int> others)
    {
        var count = 0;
        ref var seen = ref MemoryMarshal.GetArrayDataReference(_seen);
        ref var held = ref MemoryMarshal.GetArrayDataReference(_held);
        for (var i = 0; i < hashes.Length; i++)
        {
            var hash = hashes[i];
            ref var counter = ref Unsafe.Add(ref seen, CounterOf(hash));
            var mayHold = (Unsafe.Add(ref held, WordOf(hash)) >> (int)(hash >> FirstHeldBit)) & 1;
            if (mayHold != 0 || IsTurn(counter + 1))
            {
                others[count++] = i;
            }
            else
            {
                counter++;
            }
        }

        return count;
    }

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

    // One of sixteen, later of a quarter of all: the more were turned away, the less one more matters to what is known.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTurn(long seen) => (seen & ((1L << BitOperations.Log2((ulong)(seen >> 2) | Patience)) - 1)) == 0;

    private static int CounterOf(ulong hash) => (int)(hash >> FirstBit) & (Counters - 1);

    private static int WordOf(ulong hash) => (int)(hash >> (FirstHeldBit + BitsOfWord)) & ((HeldBits >> BitsOfWord) - 1);
}
