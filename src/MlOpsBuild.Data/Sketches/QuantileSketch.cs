using System.Runtime.CompilerServices;
using System.Numerics;
using System.Runtime.InteropServices;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Ranks of many values in bounded memory (Karnin, Lang and Liberty 2016, "Optimal quantile approximation in streams"): levels of values
/// that each stand for 2^level ones; a full level is sorted, and every other value of it goes up. Once there are very many, values come in
/// by blocks, of each of which one stands for all, at the level of as many (the sampler of the paper). What is drawn has a fixed seed.
/// </summary>
public sealed class QuantileSketch
{
    /// <summary>Values of the top level.</summary>
    public const int Size = 4096;

    private const int SmallestLevel = 512;
    private const long MostTaken = 1 << 17;
    private const int LongestBlock = 16;
    private const int MostDrawn = 256;
    private const double Shrinking = 2.0 / 3;
    private const double Confidence = 0.99;
    private readonly List<Level> _levels = [new()];
    private readonly SplitMix64 _random = new(Size);
    private readonly List<double> _block = [];
    private readonly DoubleSort _sort = new();
    private int _blockLength = 1;
    private int[] _capacities = [Size];
    private int _most = Size;
    private int _kept;
    private double _squaredErrors;

    /// <summary>Values taken.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// How far a rank can be off, as a share of all values, with 99 % probability: by Hoeffding's inequality of the errors that were
    /// made, each 0 or ± 2^level, of a block within its length. 0 as long as every value is kept.
    /// </summary>
    public double RankError => Count == 0 ? 0 : Math.Sqrt(2 * Math.Log(2 / (1 - Confidence)) * _squaredErrors) / Count;

    /// <summary>Takes values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (values.Length > 0)
        {
            var block = BlockLength();
            var taken = block == 1 ? Math.Min(values.Length, _most - _kept) : AddToBlock(values, block);
            Count += taken;
            if (block == 1)
            {
                _levels[0].Add(values[..taken]);
                _kept += taken;
                Compact();
            }

            values = values[taken..];
        }
    }

    /// <summary>Takes a value that occurs <paramref name="count"/> times.</summary>
    public void Add(double value, long count)
    {
        Count += count;
        for (var level = 0; count >> level > 0; level++)
        {
            if (((count >> level) & 1) == 1)
            {
                LevelAt(level).Add([value]);
                _kept++;
            }
        }

        Compact();
    }

    /// <summary>Takes all values of another sketch.</summary>
    public void Merge(QuantileSketch other)
    {
        Count += other.Count;
        _squaredErrors += other._squaredErrors;
        foreach (var (index, level) in other._levels.Index())
        {
            LevelAt(index).Add(level.Values);
            _kept += level.Count;
        }

        _levels[0].Add(CollectionsMarshal.AsSpan(other._block));
        _kept += other._block.Count;
        Compact();
    }

    /// <summary>The values that are kept, each with how many it stands for.</summary>
    internal RankedValues ToRanked()
    {
        var (values, weights, used) = (new double[_kept + _block.Count], new long[_kept + _block.Count], 0);
        for (var level = 0; level < _levels.Count; level++)
        {
            _levels[level].Values.CopyTo(values.AsSpan(used));
            weights.AsSpan(used, _levels[level].Count).Fill(1L << level);
            used += _levels[level].Count;
        }

        _block.CopyTo(values, used);
        weights.AsSpan(used).Fill(1);
        return new(values, weights);
    }

    // Longer as there are more values, so that about as many are taken of each part; a block that was begun is ended as it was.
    private int BlockLength() =>
        _block.Count > 0 ? _blockLength : 1 << Math.Min(LongestBlock, BitOperations.Log2((ulong)(Count / MostTaken) | 1));

    // What is left of a block that was begun, or as many whole blocks as come before the next longer ones and fill no level.
    private int AddToBlock(ReadOnlySpan<double> values, int length)
    {
        var level = BitOperations.Log2((uint)length);
        if (_block.Count > 0 || values.Length < length)
        {
            var taken = Math.Min(values.Length, length - _block.Count);
            _blockLength = length;
            _block.AddRange(values[..taken]);
            if (_block.Count == length)
            {
                LevelAt(level).Add([_block[_random.NextInt(length)]]);
                _block.Clear();
                Kept(1, length);
            }

            return taken;
        }

        Span<double> drawn = stackalloc double[MostDrawn];
        var untilLonger = level == LongestBlock ? MostDrawn : ((2 * MostTaken * length) - Count + length - 1) / length;
        var blocks = (int)Math.Min(Math.Min(values.Length / length, MostDrawn), Math.Min(untilLonger, _most - _kept));
        for (var block = 0; block < blocks; block++)
        {
            drawn[block] = values[(block * length) + _random.NextInt(length)];
        }

        LevelAt(level).Add(drawn[..blocks]);
        Kept(blocks, length);
        return blocks * length;
    }

    private void Kept(int blocks, int length)
    {
        _kept += blocks;
        _squaredErrors += blocks * ((double)length * length / 4);
        Compact();
    }

    private Level LevelAt(int index)
    {
        while (_levels.Count <= index)
        {
            _levels.Add(new());
            _capacities = [.. Enumerable.Range(0, _levels.Count)
                .Select(level => Math.Max(SmallestLevel, (int)(Size * Math.Pow(Shrinking, _levels.Count - 1 - level))))];
            _most = _capacities.Sum();
        }

        return _levels[index];
    }

    // A level is only emptied when there is no room left: few values that occur often must not cost the others their place.
    private void Compact()
    {
        while (_kept >= _most)
        {
            var full = 0;
            while (_levels[full].Count < _capacities[full])
            {
                full++;
            }

            _kept -= _levels[full].MoveHalf(LevelAt(full + 1), _random.Next() >> 63 == 1, _sort);
            _squaredErrors += Math.Pow(4, full);
        }
    }

    private sealed class Level
    {
        private double[] _values = new double[SmallestLevel];

        public int Count { get; private set; }

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        public void Add(ReadOnlySpan<double> values)
        {
            if (Count + values.Length > _values.Length)
            {
                Array.Resize(ref _values, Math.Max(Count + values.Length, 2 * _values.Length));
            }

            values.CopyTo(_values.AsSpan(Count));
            Count += values.Length;
        }

        // Of an odd number the last one stays.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int MoveHalf(Level to, bool second, DoubleSort sort)
        {
            sort.Sort(_values.AsSpan(0, Count));
            var (pairs, last) = (Count / 2, _values[Count - 1]);
            for (var pair = 0; pair < pairs; pair++)
            {
                _values[pair] = _values[(2 * pair) + (second ? 1 : 0)];
            }

            to.Add(_values.AsSpan(0, pairs));
            (_values[0], Count) = (last, Count - (2 * pairs));
            return pairs;
        }
    }
}
