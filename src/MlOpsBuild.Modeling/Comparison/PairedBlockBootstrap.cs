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

    /// <summary>The interval of candidate minus reference; null with fewer than <see cref="MinimumBlocks"/> blocks.</summary>
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

        var random = new SplitMix64((ulong)seed);
        var differences = new double[Replicates];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            var (mine, theirs) = (default(ErrorSums), default(ErrorSums));
            for (var draw = 0; draw < left.Count; draw++)
            {
                var block = random.NextInt(left.Count);
                mine += left[block];
                theirs += right[block];
            }

            differences[replicate] = metric.Of(mine) - metric.Of(theirs);
        }

        Array.Sort(differences);
        var tail = (1 - confidence) / 2;
        return new(Quantile.Of(differences, tail), Quantile.Of(differences, 1 - tail), confidence);
    }
}
