using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlOpsBuild.Core;

/// <summary>
/// A small seeded generator whose sequence is fixed by this code, not by the runtime
/// (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
/// </summary>
public sealed class SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;
    private ulong _state;

    /// <summary>A generator that always yields the same sequence for <paramref name="seed"/>.</summary>
    public SplitMix64(ulong seed) => _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += Step;
        return Finish(_state);
    }

    /// <summary>The first 64 bits of a generator with the seed <paramref name="value"/>: a hash whose bits are even.</summary>
    public static ulong Mix(ulong value) => Finish(value + Step);

    /// <summary>The same for several values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Mix(Vector256<ulong> values)
    {
        var z = values + Vector256.Create(Step);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveMaximum"/>), which must be positive.</summary>
    public int NextInt(int exclusiveMaximum) => (int)Math.BigMul(Next(), (ulong)exclusiveMaximum, out _);

    /// <summary>The numbers below <paramref name="count"/>, each once, every order being as likely (Fisher and Yates 1938).</summary>
    public int[] NextOrder(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var last = count - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(2 * NextExponential()) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
