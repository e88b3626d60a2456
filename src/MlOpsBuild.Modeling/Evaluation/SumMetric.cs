using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>A metric that follows from sums over rows: a resampling adds up the blocks' sums.</summary>
internal abstract class SumMetric(string name, Direction direction, RowLoss loss, string undefined)
    : Metric(name, direction, loss, undefined)
{
    /// <summary>How many sums there are.</summary>
    protected abstract int Sums(PredictionSet set);

    /// <summary>Adds a row to <paramref name="sums"/>.</summary>
    /// <param name="set">The predictions.</param>
    /// <param name="position">The row.</param>
    /// <param name="origin">The mean label, about which spreads are taken: a sum of large squares forgets them.</param>
    /// <param name="sums">What is added to.</param>
    protected abstract void Add(PredictionSet set, int position, double origin, Span<double> sums);

    /// <summary>The metric; NaN where it is undefined.</summary>
    protected abstract double Of(PredictionSet set, ReadOnlySpan<double> sums);

    internal sealed override Statistic Prepare(PredictionSet set, Blocks blocks)
    {
        var width = Sums(set);
        var origin = set.Count == 0 ? 0 : set.Labels.Average();
        var byBlock = new double[blocks.Count * width];
        for (var row = 0; row < set.Count; row++)
        {
            Add(set, row, origin, byBlock.AsSpan(blocks.OfRow[row] * width, width));
        }

        return BlockSums.Statistic(byBlock, width, sums => Of(set, sums));
    }
}
