using System.Runtime.CompilerServices;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Sketches;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>
/// What is kept of a column while its rows pass by. As long as there is room for every different text, all is counted; then values go
/// into sketches, and only frequent texts are kept.
/// </summary>
internal sealed class ColumnSketch(string name, bool isHidden, int mostTexts)
{
    private readonly FrequentTexts _texts = new(mostTexts);
    private readonly long[] _cells = new long[Enum.GetValues<CellKind>().Length];
    private readonly ViolationCounter _promises = new();
    private readonly ValueSketch _numbers = new();
    private readonly ValueSketch _times = new();
    private DistinctSketch? _distinct;
    private (int Shortest, int Longest) _lengths = (int.MaxValue, 0);
    private FrequentText _read;
    private CellKind _usual;
    private RowValues _values = new();
    private RowValues _days = new();
    private int _counted;

    /// <summary>Header name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its values must not be shown.</summary>
    public bool IsHidden { get; } = isHidden;

    /// <summary>Whether everything was counted.</summary>
    public bool IsExact => _distinct == null;

    /// <summary>The texts that are kept.</summary>
    public FrequentTexts Texts => _texts;

    /// <summary>The promises that are broken.</summary>
    public IReadOnlyList<ContractViolation> Promises => _promises.ToList(IsHidden);

    /// <summary>Bytes of the shortest and the longest text.</summary>
    public (int Shortest, int Longest) Lengths => _lengths;

    /// <summary>The estimated number of different values, once they are too many to be counted.</summary>
    public double? Distinct => _distinct?.Estimate();

    /// <summary>Cells of a kind.</summary>
    public long Cells(CellKind kind) => _cells[(int)kind];

    /// <summary>The sketch of numbers, or of times; empty as long as everything is counted.</summary>
    public ValueSketch Sketch(CellKind kind) => kind == CellKind.Time ? _times : _numbers;

    /// <summary>Looks at a column of some rows.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="memory">Where that goes which others need of them.</param>
    /// <param name="column">Which column of them.</param>
    /// <param name="reader">What reads its cells.</param>
    public void Observe(RowBatch batch, BatchMemory memory, int column, ICellReader reader)
    {
        var observed = memory.Observed[column];
        (_values, _days, _counted) = (observed.Values, observed.Days, 0);
        _values.Begin(batch.Rows);
        _days.Begin(0);
        var before = Cells(CellKind.Number) + Cells(CellKind.Flag);
        var cells = batch.Cells(column);
        var usual = Cells(CellKind.Time) > Cells(CellKind.Number) ? CellKind.Time : CellKind.Number;
        if (_texts.Rare is { } rare && reader.Plain(usual) is { } plain)
        {
            ObserveRare(batch, memory, cells, reader, rare, plain);
        }
        else
        {
            ObserveAll(batch, memory.Keys, cells, reader);
        }

        observed.HasNumbers = Cells(CellKind.Number) + Cells(CellKind.Flag) > before;
        observed.IsNumeric = Cells(CellKind.Number) > 0;
        Finish(observed.HasNumbers);
    }

    /// <summary>Takes over what another sketch of the column keeps.</summary>
    public void Merge(ColumnSketch other)
    {
        _counted = 0;
        if (!other.IsExact)
        {
            Pour(0);
            _numbers.Merge(other._numbers);
            _times.Merge(other._times);
            _distinct!.Merge(other._distinct!);
        }

        for (var i = 0; i < other._texts.Count; i++)
        {
            ref readonly var text = ref other._texts[i];
            var bytes = other._texts.BytesOf(i);
            var count = other._texts.CountOf(i);
            var hash = text.Key.Hash;
            if (_texts.Find(text.Key, hash) is >= 0 and var at)
            {
                _texts.CountOf(at) += count;
            }
            else
            {
                MakeRoom(0);
                _texts.Add(bytes, new(text.Key, text.Value, text.Kind, _promises.Merge(text.Problem, other._promises)), count);
                Distinguish(text, hash);
            }

            if (!IsExact && other.IsExact)
            {
                Sketch(text.Kind).Add(text.Value, count);
            }
        }

        _texts.MergeUndercount(other._texts);
        _promises.MergeCounts(other._promises);
        _lengths = (Math.Min(_lengths.Shortest, other._lengths.Shortest), Math.Max(_lengths.Longest, other._lengths.Longest));
        for (var kind = 0; kind < _cells.Length; kind++)
        {
            _cells[kind] += other._cells[kind];
        }
    }

    // Most texts are kept, and most of them are of one kind.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ObserveAll(RowBatch batch, KeyBlock keys, ColumnCells cells, ICellReader reader)
    {
        for (var from = 0; from < cells.Count; from += KeyBlock.Most)
        {
            var count = keys.Take(cells, from);
            for (var i = 0; i < count; i++)
            {
                var start = i;
                i = _texts.CountRun(keys, i, count, _usual, (_usual == CellKind.Time ? DaysOf() : _values.All)[from..]);
                _cells[(int)_usual] += i - start;
                if (_usual == CellKind.Time)
                {
                    _values.All[(from + start)..(from + i)].Fill(double.NaN);
                }

                if (i < count)
                {
                    _usual = LookClosely(batch, cells, from + i, keys[i], reader);
                }
            }
        }
    }

    // Most texts are values that were not seen before and are not kept.
    private void ObserveRare(
        RowBatch batch, BatchMemory memory, ColumnCells cells, ICellReader reader, RareTexts rare, PlainValues plain)
    {
        var (keys, sound) = (memory.Keys, memory.Sound);
        var all = plain.Kind == CellKind.Time ? DaysOf() : _values.All;
        if (plain.Kind == CellKind.Time)
        {
            _values.All.Fill(double.NaN);
        }

        for (var from = 0; from < cells.Count; from += KeyBlock.Most)
        {
            var count = keys.Take(cells, from);
            var values = all.Slice(from, count);
            plain.Read(keys, cells, from, values);
            if (plain.ContainAll(values))
            {
                TakeRare(keys, cells, from, plain.Kind, values, keys.Hashes[..count], [], rare);
                continue;
            }

            sound.Take(plain, values, keys.Hashes[..count]);
            TakeRare(keys, cells, from, plain.Kind, sound.Numbers, sound.Hashes, sound.Places, rare);
            foreach (var place in sound.Others)
            {
                values[place] = double.NaN;
                LookClosely(batch, cells, from + place, keys[place], reader);
            }
        }
    }

    // A value that is kept was taken before, which does no harm.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeRare(
        KeyBlock keys, ColumnCells cells, int from, CellKind kind, ReadOnlySpan<double> values, ReadOnlySpan<ulong> hashes,
        ReadOnlySpan<int> places, RareTexts rare)
    {
        Span<int> others = stackalloc int[KeyBlock.Most];
        _distinct!.AddNumbers(values);
        _cells[(int)kind] += values.Length;
        foreach (var other in others[..rare.TurnAway(hashes, others)])
        {
            var place = places.IsEmpty ? other : places[other];
            LookAgain(cells[from + place].Text, new(keys[place], values[other], kind, 0), hashes[other], from + place, rare);
        }
    }

    // A value that is perhaps kept, or shall be now.
    private void LookAgain(ReadOnlySpan<byte> text, FrequentText read, ulong hash, int row, RareTexts rare)
    {
        if (_texts.Find(read.Key, hash) is >= 0 and var at)
        {
            _texts.Again(at);
        }
        else if (rare.Admits(hash))
        {
            MakeRoom(row);
            _texts.Add(text, read, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private CellKind LookClosely(RowBatch batch, ColumnCells cells, int row, in TextKey key, ICellReader reader)
    {
        var hash = key.Hash;
        var at = _texts.Find(key, hash);
        ref readonly var text = ref at >= 0 ? ref _texts.Again(at) : ref First(cells[row], key, hash, reader, row);
        _cells[(int)text.Kind]++;
        _values.All[row] = text.Value;
        if (text.Kind == CellKind.Time)
        {
            DaysOf()[row] = text.Value;
            _values.All[row] = double.NaN;
        }

        if (text.Problem > 0)
        {
            _promises.Count(text.Problem, batch, row, cells[row].Text);
        }

        return text.Kind;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref readonly FrequentText First(Cell cell, in TextKey key, ulong hash, ICellReader reader, int row)
    {
        var kind = reader.Read(cell, out var value, out var problem);
        _read = new(key, kind == CellKind.Text ? double.NaN : value, kind, problem == null ? (byte)0 : _promises.NumberOf(problem));
        if (kind == CellKind.Text)
        {
            _lengths = (Math.Min(_lengths.Shortest, key.Length), Math.Max(_lengths.Longest, key.Length));
        }

        if (_texts.Admits(hash))
        {
            MakeRoom(row);
            _texts.Add(cell.Text, _read, 1);
        }

        Distinguish(_read, hash);
        return ref _read;
    }

    // Most columns have none.
    private Span<double> DaysOf()
    {
        if (_days.All.IsEmpty)
        {
            _days.Begin(_values.All.Length);
            _days.All.Fill(double.NaN);
        }

        return _days.All;
    }

    private void MakeRoom(int row)
    {
        if (_texts.IsFull)
        {
            Pour(row);
            _texts.Purge();
        }
    }

    // From here on there are sketches. What the rows before this one hold is counted in the texts.
    private void Pour(int row)
    {
        if (!IsExact)
        {
            return;
        }

        (_distinct, _counted) = (new(), row);
        for (var i = 0; i < _texts.Count; i++)
        {
            ref readonly var text = ref _texts[i];
            Distinguish(text, text.Key.Hash);
            Sketch(text.Kind).Add(text.Value, _texts.CountOf(i));
        }
    }

    private void Finish(bool hasNumbers)
    {
        if (hasNumbers)
        {
            _values.Centre();
        }

        if (!IsExact && hasNumbers)
        {
            Add(_numbers, _values);
        }

        if (!IsExact && !_days.All.IsEmpty)
        {
            _days.Centre();
            Add(_times, _days);
        }
    }

    // The rows before those that are not counted were poured.
    private void Add(ValueSketch sketch, RowValues values)
    {
        if (_counted == 0)
        {
            sketch.Add(values.Present, values.Moments);
            return;
        }

        double[] present = [.. values.All[_counted..].ToArray().Where(value => !double.IsNaN(value))];
        sketch.Add(present, Moments.Of(present));
    }

    // 1 and 1.0 are one value.
    private void Distinguish(in FrequentText text, ulong hash)
    {
        if (text.Kind != CellKind.Missing)
        {
            _distinct?.Add(text.IsItsValue ? DistinctSketch.HashOf(text.Value) : SplitMix64.Mix(hash));
        }
    }
}
