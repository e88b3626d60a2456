using MlOpsBuild.Core;
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
    private readonly RowValues _values = new();
    private readonly RowValues _days = new();
    private DistinctSketch? _distinct;
    private (int Shortest, int Longest) _lengths = (int.MaxValue, 0);
    private FrequentText _read;
    private int _counted;

    /// <summary>Header name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its values must not be shown.</summary>
    public bool IsHidden { get; } = isHidden;

    /// <summary>Whether everything was counted.</summary>
    public bool IsExact => _distinct == null;

    /// <summary>The numbers of the rows looked at last.</summary>
    public RowValues Values => _values;

    /// <summary>The same for times, in days; no rows where the column had no time in them.</summary>
    public RowValues Days => _days;

    /// <summary>Whether there was a number in the rows looked at last.</summary>
    public bool HasNumbers { get; private set; }

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
    public void Observe(RowBatch batch, int column, ICellReader reader)
    {
        _values.Begin(batch.Rows);
        _days.Begin(0);
        _counted = 0;
        var before = Cells(CellKind.Number) + Cells(CellKind.Flag);
        var values = _values.All;
        for (var row = 0; row < values.Length; row++)
        {
            var cell = batch.Cell(column, row);
            var key = TextKey.Of(cell);
            var hash = key.Hash;
            ref readonly var text = ref _texts.Find(key, hash) is >= 0 and var at ? ref Again(at) : ref First(cell, key, hash, reader, row);
            _cells[(int)text.Kind]++;
            values[row] = text.Value;
            if (text.Kind == CellKind.Time)
            {
                DaysOf()[row] = text.Value;
                values[row] = double.NaN;
            }

            if (text.Problem > 0)
            {
                _promises.Count(text.Problem, batch, row, cell.Text);
            }
        }

        HasNumbers = Cells(CellKind.Number) + Cells(CellKind.Flag) > before;
        Finish();
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
                _texts.Add(bytes, text with { Problem = _promises.Merge(text.Problem, other._promises) }, count);
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

    private ref readonly FrequentText Again(int at)
    {
        _texts.CountOf(at)++;
        return ref _texts[at];
    }

    private ref readonly FrequentText First(Cell cell, in TextKey key, ulong hash, ICellReader reader, int row)
    {
        var kind = reader.Read(cell, out var value, out var problem);
        _read = new(key, kind == CellKind.Text ? double.NaN : value, kind, problem == null ? (byte)0 : _promises.NumberOf(problem));
        if (kind == CellKind.Text)
        {
            _lengths = (Math.Min(_lengths.Shortest, key.Length), Math.Max(_lengths.Longest, key.Length));
        }

        Distinguish(_read, hash);
        if (_texts.Admits(hash))
        {
            MakeRoom(row);
            _texts.Add(cell.Text, _read, 1);
        }

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

    private void Finish()
    {
        if (HasNumbers)
        {
            _values.Centre();
        }

        if (!IsExact && HasNumbers)
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
            _distinct?.Add(SplitMix64.Mix(text.IsItsValue ? BitConverter.DoubleToUInt64Bits(text.Value + 0.0) : hash));
        }
    }
}
