using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Lets one of several texts through that are not kept: most of a column where all are different would only be kept to be forgotten
/// (Homem and Carvalho 2010, "Finding top-k elements in data streams", the filter of their algorithm FSS). What it saw is counted by
/// some bits of the hash, so that it is known how often one text can have been turned away; and others of them tell which texts may be
/// kept (Bloom 1970).
/// </summary>
internal sealed class RareTexts
{
    private const int Counters = 2048;
    private const uint Patience = 16;
    private const int FirstBit = 20;
    private const int FirstHeldBit = 40;
    private const int HeldBits = 32;

    // The lower half counts, the bits of the upper one are those of texts that are kept.
    private readonly ulong[] _seen = new ulong[Counters];

    /// <summary>How often one text can have been turned away.</summary>
    public long Most => _seen.Max(seen => (uint)seen);

    /// <summary>Whether a text that is not kept shall be kept now.</summary>
    public bool Admits(ulong hash)
    {
        ref var seen = ref _seen[CounterOf(hash)];
        seen += (uint)seen == uint.MaxValue ? 0UL : 1;
        return IsTurn((uint)seen);
    }

    /// <summary>Turns texts away, all but those that may be kept or that shall be asked about (<see cref="Admits"/>).</summary>
    /// <param name="hashes">Their hashes.</param>
    /// <param name="others">Gets the places of those others; room for all.</param>
    /// <returns>How many others there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int TurnAway(ReadOnlySpan<ulong> hashes, Span<int> others)
    {
        var count = 0;
        ref var counters = ref MemoryMarshal.GetArrayDataReference(_seen);
        for (var i = 0; i < hashes.Length; i++)
        {
            var hash = hashes[i];
            ref var counter = ref Unsafe.Add(ref counters, CounterOf(hash));
            var seen = counter;
            if ((seen & HeldBitOf(hash)) != 0 || ((uint)(seen + 1) % Patience == 0 && IsTurn((uint)(seen + 1))))
            {
                others[count++] = i;
            }
            else
            {
                counter = seen + 1;
            }
        }

        return count;
    }

    /// <summary>Says that a text is kept.</summary>
    public void Hold(ulong hash) => _seen[CounterOf(hash)] |= HeldBitOf(hash);

    /// <summary>Says that no text is kept.</summary>
    public void HoldNone()
    {
        foreach (ref var seen in _seen.AsSpan())
        {
            seen = (uint)seen;
        }
    }

    /// <summary>Takes over what another one saw.</summary>
    public void Merge(RareTexts other)
    {
        for (var i = 0; i < Counters; i++)
        {
            var both = (ulong)(uint)_seen[i] + (uint)other._seen[i];
            _seen[i] = (_seen[i] & ~(ulong)uint.MaxValue) | Math.Min(both, uint.MaxValue);
        }
    }

    // One of sixteen, later of a quarter of all: the more were turned away, the less one more matters to what is known.
    private static bool IsTurn(uint seen) => (seen & ((1U << BitOperations.Log2((seen >> 2) | Patience)) - 1)) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CounterOf(ulong hash) => (int)(hash >> FirstBit) & (Counters - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HeldBitOf(ulong hash) => 1UL << (HeldBits + ((int)(hash >> FirstHeldBit) & (HeldBits - 1)));
}
