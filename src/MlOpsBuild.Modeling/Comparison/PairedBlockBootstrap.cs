using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>
/// Interval of a metric's difference between two predictors on the same rows: whole blocks (days) are drawn once per
/// replicate and both are evaluated on them (Efron and Tibshirani 1993, chapter 8; percentile interval).
/// </summary>
public static class PairedBlockBootstrap
{
    /// <summary>Replicates drawn.</summary>
    public const int Replicates = 2000;

    /// <summary>Fewest blocks from which an interval is given.</summary>
    public const int MinimumBlocks = 10;

    /// <summary>
    /// The interval of candidate minus reference; null with fewer than <see cref="MinimumBlocks"/> blocks, or where a replicate leaves the
    /// metric undefined.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="candidate">Predictions of the candidate.</param>
    /// <param name="reference">Predictions of the reference on the same rows.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    public static Interval? Difference(Metric metric, PredictionSet candidate, PredictionSet reference, double confidence, long seed)
    {
        if (!candidate.Block.AsSpan().SequenceEqual(reference.Block) || !candidate.Labels.AsSpan().SequenceEqual(reference.Labels))
        {
            throw new StageFailedException(new Finding(
                "Predictions are on different rows", $"{candidate.Predictor} and {reference.Predictor}", null, "the same hold-out rows", "evaluate both on the same data"));
        }

        var left = ErrorSums.ByBlock(candidate);
        var right = ErrorSums.ByBlock(reference);
        if (left.Count < MinimumBlocks)
        {
            return null;
        }

        return Percentile(left.Count, blocks =>
        {
            var (mine, theirs) = (default(ErrorSums), default(ErrorSums));
            foreach (var block in blocks)
            {
                mine += left[block];
                theirs += right[block];
            }

            return metric.Of(mine) - metric.Of(theirs);
        }, confidence, seed);
    }

    /// <summary>The interval of one predictor's metric; null with fewer than <see cref="MinimumBlocks"/> blocks, or where the metric is undefined on the rows or on a replicate.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    public static Interval? Value(Metric metric, PredictionSet predictions, double confidence, long seed)
    {
        var sums = ErrorSums.ByBlock(predictions);
        return sums.Count < MinimumBlocks || double.IsNaN(metric.Of(ErrorSums.Of(predictions))) ? null : Percentile(sums.Count, blocks =>
        {
            var mine = default(ErrorSums);
            foreach (var block in blocks)
            {
                mine += sums[block];
            }

            return metric.Of(mine);
        }, confidence, seed);
    }

    private static Interval? Percentile(int blocks, Func<int[], double> replicate, double confidence, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var (drawn, values) = (new int[blocks], new double[Replicates]);
        for (var turn = 0; turn < Replicates; turn++)
        {
            for (var draw = 0; draw < blocks; draw++)
            {
                drawn[draw] = random.NextInt(blocks);
            }

            values[turn] = replicate(drawn);
        }

        if (values.Any(double.IsNaN))
        {
            return null;
        }

        Array.Sort(values);
        var tail = (1 - confidence) / 2;
        return new(Quantile.Of(values, tail), Quantile.Of(values, 1 - tail), confidence);
    }
}
