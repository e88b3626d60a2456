using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>What is kept of a table while its rows pass by; the same for any number of threads.</summary>
internal sealed class TableSketch
{
    private const int MostTexts = 16_384;
    private const int FewestTexts = 1024;
    private const int UsualColumns = 32;
    private const int MostCorrelated = 64;
    private readonly ColumnSketch[] _columns;
    private readonly TimeSketch[] _times;
    private readonly Dictionary<(int First, int Second), CoMoments> _pairs = [];
    private readonly int _day;
    private readonly int _hour;

    /// <summary>Columns that are not seen yet.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="contract">What they promise; null where nothing is.</param>
    public TableSketch(IReadOnlyList<string> names, DataContract? contract)
    {
        var most = MostTexts;
        for (var columns = names.Count; columns > UsualColumns && most > FewestTexts; columns /= 2)
        {
            most /= 2;
        }

        _columns = [.. names.Select(name => new ColumnSketch(name, contract?[name].PersonalData ?? PersonalColumn.IsNamed(name), most))];
        _times = [.. names.Select(_ => new TimeSketch())];
        (_day, _hour) = (contract?.PositionOf(TimestampPart.Day) ?? -1, contract?.PositionOf(TimestampPart.Hour) ?? -1);
    }

    /// <summary>Rows looked at.</summary>
    public long Rows { get; private set; }

    /// <summary>Looks at rows.</summary>
    public void Observe(RowBatch batch, IReadOnlyList<ICellReader> readers, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Rows += batch.Rows;
        Parallel.For(0, _columns.Length, options, column => _columns[column].Observe(batch, column, readers[column]));
        for (var column = 0; column < _columns.Length; column++)
        {
            if (_columns[column].Cells(CellKind.Time) > 0)
            {
                _times[column].Add(_columns[column].Days, column == _day && _hour >= 0 ? _columns[_hour].Values : []);
            }
        }

        Correlate(batch.Rows, options);
    }

    /// <summary>Takes over what another sketch of the same columns saw after this one.</summary>
    public void Merge(TableSketch other)
    {
        Rows += other.Rows;
        for (var column = 0; column < _columns.Length; column++)
        {
            _columns[column].Merge(other._columns[column]);
            _times[column].Merge(other._times[column]);
        }

        foreach (var (pair, moments) in other._pairs)
        {
            _pairs[pair] = _pairs.GetValueOrDefault(pair).With(moments);
        }
    }

    /// <summary>The columns as they look.</summary>
    public IReadOnlyList<ColumnSummary> Columns() =>
        [.. _columns.Zip(_times, (column, times) => ColumnSummarizer.Of(column, times.ToSummary()))];

    /// <summary>How pairs of columns with numbers go together, strongest first; those that have no correlation are left out.</summary>
    public IReadOnlyList<ColumnCorrelation> Correlations() =>
    [
        .. _pairs.Where(pair => !_columns[pair.Key.First].IsHidden && !_columns[pair.Key.Second].IsHidden)
            .Where(pair => double.IsFinite(pair.Value.Correlation))
            .OrderByDescending(pair => Math.Abs(pair.Value.Correlation)).ThenBy(pair => pair.Key)
            .Select(pair => new ColumnCorrelation(
                _columns[pair.Key.First].Name, _columns[pair.Key.Second].Name, Math.Clamp(pair.Value.Correlation, -1, 1),
                pair.Value.Count)),
    ];

    private void Correlate(int rows, ParallelOptions options)
    {
        int[] numbers = [.. Enumerable.Range(0, _columns.Length)
            .Where(column => _columns[column].Cells(CellKind.Number) > 0)
            .Take(MostCorrelated)];
        Moments[] moments =
            [.. numbers.Select(column => IsWhole(_columns[column].Values) ? Moments.Of(_columns[column].Values) : Moments.None)];
        double[][] centred = [.. numbers.Select((column, index) => Centred(_columns[column].Values, moments[index]))];
        var added = new CoMoments[numbers.Length][];
        Parallel.For(0, numbers.Length, options, i => added[i] = [.. Enumerable.Range(0, i).Select(j =>
            moments[i].Count == rows && moments[j].Count == rows
                ? CoMoments.Of(centred[j], centred[i], moments[j], moments[i])
                : CoMoments.Of(_columns[numbers[j]].Values, _columns[numbers[i]].Values))]);
        for (var i = 0; i < numbers.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                ref var pair = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    _pairs, (numbers[j], numbers[i]), out _);
                pair = pair.With(added[i][j]);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Centred(ReadOnlySpan<double> values, Moments moments)
    {
        if (moments.Count == 0)
        {
            return [];
        }

        var centred = new double[values.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = values[i] - moments.Mean;
        }

        return centred;
    }
}
