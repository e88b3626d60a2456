using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private const int RowsOfProducts = 256;
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

    /// <summary>Looks at one column of a batch; somebody has to have looked at the same column of the batch before it.</summary>
    public void Observe(RowBatch batch, BatchMemory memory, int column, ICellReader reader)
    {
        _columns[column].Observe(batch, memory, column, reader);
        if (column != _day || _hour < 0)
        {
            _times[column].Add(memory.Observed[column].Days.All, []);
        }
    }

    /// <summary>Looks at the columns of a batch together, after somebody looked at each of them.</summary>
    public void Relate(RowBatch batch, BatchMemory memory)
    {
        Rows += batch.Rows;
        if (_day >= 0 && _hour >= 0)
        {
            _times[_day].Add(memory.Observed[_day].Days.All, memory.Observed[_hour].Values.All);
        }

        Correlate(memory.Observed);
    }

    /// <summary>What a sketch and another one of the same columns saw, the other one after it; neither may be used afterwards.</summary>
    public static TableSketch Join(TableSketch? before, TableSketch after)
    {
        before?.Merge(after);
        return before ?? after;
    }

    /// <summary>The columns as they look.</summary>
    public IReadOnlyList<ColumnSummary> Columns()
    {
        var columns = new ColumnSummary[_columns.Length];
        Parallel.For(0, columns.Length, column => columns[column] = ColumnSummarizer.Of(_columns[column], _times[column].ToSummary()));
        return columns;
    }

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

    private void Merge(TableSketch other)
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

    private void Correlate(IReadOnlyList<ObservedRows> observed)
    {
        int[] numbers = [.. Enumerable.Range(0, _columns.Length).Where(column => observed[column].IsNumeric).Take(MostCorrelated)];
        var seen = numbers.Where(column => observed[column].HasNumbers).ToList();
        if (seen.Exists(column => !observed[column].Values.HasAll))
        {
            seen.ForEach(column => observed[column].Values.ShowGaps());
        }

        var products = Products([.. seen.Select(column => observed[column].Values)]);
        for (int last = 0, pair = 0; last < seen.Count; last++)
        {
            for (var first = 0; first < last; first++, pair++)
            {
                var (x, y) = (observed[seen[first]].Values, observed[seen[last]].Values);
                ref var moments = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (seen[first], seen[last]), out _);
                moments = moments.With(x.HasAll && y.HasAll ? CoMoments.OfAll(x, y, products[pair]) : CoMoments.Of(x, y));
            }
        }
    }

    // A few rows of all columns at once, which stay near while each is multiplied by each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Products(RowValues[] columns)
    {
        var (products, rows) = (new double[columns.Length * (columns.Length - 1) / 2], columns is [var any, ..] ? any.All.Length : 0);
        for (var from = 0; from < rows; from += RowsOfProducts)
        {
            var some = from..Math.Min(from + RowsOfProducts, rows);
            for (int last = 0, pair = 0; last < columns.Length; last++)
            {
                for (var first = 0; first < last; first++, pair++)
                {
                    products[pair] += columns[first].HasAll && columns[last].HasAll
                        ? CoMoments.Product(columns[first].Centred[some], columns[last].Centred[some])
                        : 0;
                }
            }
        }

        return products;
    }
}
