using System.IO.Hashing;
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
    private double[] _values = [];
    private double[] _days = [];
    private DistinctSketch? _distinct;
    private (int Shortest, int Longest) _lengths = (int.MaxValue, 0);
    private int _rows;
    private int _counted;

    /// <summary>Header name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its values must not be shown.</summary>
    public bool IsHidden { get; } = isHidden;

    /// <summary>Whether everything was counted.</summary>
    public bool IsExact => _distinct == null;

    /// <summary>The numbers of the rows looked at last; NaN where a row has none.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _rows);

    /// <summary>The same for times, in days.</summary>
    public ReadOnlySpan<double> Days => _days.AsSpan(0, _rows);

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
        Clear(batch.Rows);
        for (var row = 0; row < _rows; row++)
        {
            var cell = batch.Cell(column, row);
            var hash = XxHash3.HashToUInt64(cell);
            var at = _texts.Find(cell, hash);
            if (at >= 0)
            {
                _texts.CountOf(at)++;
            }
            else
            {
                at = Keep(cell, hash, reader, row);
            }

            ref readonly var text = ref _texts[at];
            _cells[(int)text.Kind]++;
            if (text.Kind == CellKind.Time)
            {
                _days[row] = text.Value;
            }
            else
            {
                _values[row] = text.Value;
            }

            if (text.Problem > 0)
            {
                _promises.Count(text.Problem, batch, row, cell);
            }
        }

        if (!IsExact)
        {
            _numbers.Add(Values[_counted..]);
            _times.Add(Days[_counted..]);
        }
    }

    /// <summary>Takes over what another sketch of the column keeps.</summary>
    public void Merge(ColumnSketch other)
    {
        (_rows, _counted) = (0, 0);
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
            var bytes = other._texts.BytesOf(text);
            var count = other._texts.CountOf(i);
            if (_texts.Find(text, bytes) is >= 0 and var at)
            {
                _texts.CountOf(at) += count;
            }
            else
            {
                MakeRoom(0);
                _texts.Add(bytes, text with { Problem = _promises.Merge(text.Problem, other._promises) }, count);
                Distinguish(text);
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

    private void Clear(int rows)
    {
        (_rows, _counted) = (rows, 0);
        if (_values.Length < rows)
        {
            (_values, _days) = (new double[rows], new double[rows]);
        }

        _values.AsSpan(0, rows).Fill(double.NaN);
        _days.AsSpan(0, rows).Fill(double.NaN);
    }

    private int Keep(ReadOnlySpan<byte> cell, ulong hash, ICellReader reader, int row)
    {
        MakeRoom(row);
        var kind = reader.Read(cell, out var value, out var problem);
        var text = new FrequentText(hash, cell.Length, kind, kind == CellKind.Text ? double.NaN : value, _promises.NumberOf(problem));
        if (kind == CellKind.Text)
        {
            _lengths = (Math.Min(_lengths.Shortest, cell.Length), Math.Max(_lengths.Longest, cell.Length));
        }

        Distinguish(text);
        return _texts.Add(cell, text, 1);
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
            Distinguish(text);
            Sketch(text.Kind).Add(text.Value, _texts.CountOf(i));
        }
    }

    // 1 and 1.0 are one value.
    private void Distinguish(in FrequentText text)
    {
        if (text.Kind != CellKind.Missing)
        {
            _distinct?.Add(double.IsNaN(text.Value) ? text.Hash : new SplitMix64(BitConverter.DoubleToUInt64Bits(text.Value + 0.0)).Next());
        }
    }
}
