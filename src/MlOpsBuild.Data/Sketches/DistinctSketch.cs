using System.Numerics;

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
    private readonly byte[] _registers = new byte[Registers];

    /// <summary>Relative standard error of the number: 1.04 / √16384.</summary>
    public static double RelativeError { get; } = 1.03896 / Math.Sqrt(Registers);

    /// <summary>Takes the hash of a value; its 64 bits have to be even.</summary>
    public void Add(ulong hash)
    {
        ref var register = ref _registers[hash >> HashBits];
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))) + 1);
        if (rank > register)
        {
            register = rank;
        }
    }

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
