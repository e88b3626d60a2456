using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// How many different values there are, in 16 KiB (HyperLogLog: Flajolet, Fusy, Gandouet and Meunier 2007), with the estimator of
/// Ertl 2017 ("New cardinality estimation algorithms for HyperLogLog sketches"), which needs no tables and no switch between ranges.
/// </summary>
public sealed class DistinctSketch
{
    private const int Precision = 14;
    private const int Registers = 1 << Precision;
    private const int HashBits = 64 - Precision;
    private static readonly double Alpha = 1 / (2 * Math.Log(2));
    private const int FewestZeros = 5;
    private readonly byte[] _registers = new byte[Registers];
    private int _lowest;
    private int _sinceLowest;

    /// <summary>Relative standard error of the number: 1.04 / √16384.</summary>
    public static double RelativeError { get; } = 1.03896 / Math.Sqrt(Registers);

    /// <summary>Takes the hash of a value; its 64 bits have to be even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash)
    {
        ref var register = ref _registers[hash >> HashBits];
        var rank = RankOf(hash);
        if (rank > register)
        {
            register = rank;
        }
    }

    /// <summary>Takes numbers; the same number has the same hash, also where its sign is that of a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddNumbers(ReadOnlySpan<double> numbers)
    {
        _sinceLowest += numbers.Length;
        if (_sinceLowest >= Registers)
        {
            (_lowest, _sinceLowest) = (Lowest(), 0);
        }

        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(numbers);
        if (_lowest < FewestZeros)
        {
            AddAll(vectors);
        }
        else
        {
            AddLong(vectors);
        }

        foreach (var number in numbers[(vectors.Length * Vector256<double>.Count)..])
        {
            Add(HashOf(number));
        }
    }

    /// <summary>The hash of a number.</summary>
    public static ulong HashOf(double number) => SplitMix64.Mix(BitConverter.DoubleToUInt64Bits(number + 0.0));

    /// <summary>Takes all values of another sketch.</summary>
    public void Merge(DistinctSketch other)
    {
        for (var i = 0; i < Registers; i++)
        {
            _registers[i] = Math.Max(_registers[i], other._registers[i]);
        }
    }

    /// <summary>The estimated number of different values.</summary>
    public double Estimate()
    {
        var counts = new int[HashBits + 2];
        foreach (var register in _registers)
        {
            counts[register]++;
        }

        var z = Registers * Tau(1 - ((double)counts[HashBits + 1] / Registers));
        for (var rank = HashBits; rank >= 1; rank--)
        {
            z = 0.5 * (z + counts[rank]);
        }

        z += Registers * Sigma((double)counts[0] / Registers);
        return Alpha * Registers * Registers / z;
    }

    // While many hashes change something, no branch guesses which.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddAll(ReadOnlySpan<Vector256<double>> numbers)
    {
        ref var registers = ref MemoryMarshal.GetArrayDataReference(_registers);
        foreach (var some in numbers)
        {
            var hashes = SplitMix64.Mix((some + Vector256<double>.Zero).AsUInt64());
            Raise(ref registers, hashes[0]);
            Raise(ref registers, hashes[1]);
            Raise(ref registers, hashes[2]);
            Raise(ref registers, hashes[3]);
        }
    }

    // Nearly all hashes have fewer zeros than every register has seen: those need not be looked up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLong(ReadOnlySpan<Vector256<double>> numbers)
    {
        var most = Vector256.Create(ulong.MaxValue >> _lowest);
        foreach (var some in numbers)
        {
            var hashes = SplitMix64.Mix((some + Vector256<double>.Zero).AsUInt64());
            for (var left = Vector256.LessThanOrEqual(hashes << Precision, most).ExtractMostSignificantBits(); left != 0; left &= left - 1)
            {
                Add(hashes[BitOperations.TrailingZeroCount(left)]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(ref byte registers, ulong hash)
    {
        ref var register = ref Unsafe.Add(ref registers, (int)(hash >> HashBits));
        register = Math.Max(register, RankOf(hash));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte RankOf(ulong hash) => (byte)(BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1);

    private int Lowest()
    {
        var lowest = Vector256.Create(byte.MaxValue);
        foreach (var some in MemoryMarshal.Cast<byte, Vector256<byte>>(_registers))
        {
            lowest = Vector256.Min(lowest, some);
        }

        var least = byte.MaxValue;
        for (var i = 0; i < Vector256<byte>.Count; i++)
        {
            least = Math.Min(least, lowest[i]);
        }

        return least;
    }

    // Ertl 2017, algorithm 5: the series for empty registers.
    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        var (y, z, before) = (1.0, x, -1.0);
        while (z != before)
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }

        return z;
    }

    // The same for full ones.
    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        var (y, z, before) = (1.0, 1 - x, -1.0);
        while (z != before)
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }

        return z / 3;
    }
}
