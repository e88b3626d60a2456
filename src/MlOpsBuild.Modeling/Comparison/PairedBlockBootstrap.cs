using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>
/// Interval of a metric's difference between two predictors on the same rows: whole blocks of rows are drawn once per replicate and both
/// are evaluated on them (circular blocks, Politis and Romano 1992). Days may depend on one another; how many make a block follows from how
/// much they do, see <see cref="DayDependence"/>. Single rows and groups do not, and are drawn each by itself.
/// </summary>
public static class PairedBlockBootstrap
{
    /// <summary>Replicates drawn.</summary>
    public const int Replicates = 2000;

    /// <summary>Fewest blocks from which an interval is given.</summary>
    public const int MinimumBlocks = 10;

    /// <summary>
    /// The interval of candidate minus reference, of what is judged; null with fewer than <see cref="MinimumBlocks"/> blocks, or where a
    /// replicate leaves the metric undefined.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="candidate">Predictions of the candidate.</param>
    /// <param name="reference">Predictions of the reference on the same rows.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="block">Days that are resampled together; null chooses by how much they depend on one another.</param>
    public static Interval? Difference(
        Metric metric, PredictionSet candidate, PredictionSet reference, double confidence, long seed, int? block = null) =>
        Differences(metric, candidate, reference, seed, block)?.Interval(confidence);

    /// <summary>
    /// The interval of one predictor's metric; null with fewer than <see cref="MinimumBlocks"/> blocks, or where the metric is undefined
    /// on the rows or on a replicate.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="block">Days that are resampled together; null chooses by how much they depend on one another.</param>
    public static Interval? Value(Metric metric, PredictionSet predictions, double confidence, long seed, int? block = null) =>
        Values(metric, predictions, seed, block)?.Interval(confidence);

    /// <summary>The replicates of <see cref="Difference"/>.</summary>
    internal static BootstrapDistribution? Differences(
        Metric metric, PredictionSet candidate, PredictionSet reference, long seed, int? block = null)
    {
        if (!candidate.Block.AsSpan().SequenceEqual(reference.Block) || !candidate.Labels.AsSpan().SequenceEqual(reference.Labels))
        {
            throw new StageFailedException(new Finding(
                "MLB2005", "Predictions are on different rows", $"{candidate.Predictor} and {reference.Predictor}", null,
                "the same hold-out rows", "evaluate both on the same data"));
        }

        var blocks = Blocks.Of(candidate);
        var (mine, theirs) = (metric.Prepare(candidate, blocks), metric.Prepare(reference, blocks));
        return Resample(
            times => metric.Judged(mine(times)) - metric.Judged(theirs(times)), blocks.Count, candidate.Unit, seed, block);
    }

    /// <summary>The replicates of <see cref="Value"/>.</summary>
    internal static BootstrapDistribution? Values(Metric metric, PredictionSet predictions, long seed, int? block = null)
    {
        var blocks = Blocks.Of(predictions);
        return Resample(metric.Prepare(predictions, blocks), blocks.Count, predictions.Unit, seed, block);
    }

    /// <summary>The replicates of any quantity of blocks; null as for the intervals above.</summary>
    internal static BootstrapDistribution? Resample(Statistic statistic, int blocks, BlockUnit unit, long seed, int? block = null)
    {
        block ??= unit == BlockUnit.Day ? null : 1;
        int[] all = [.. Enumerable.Repeat(1, blocks)];
        var whole = blocks < MinimumBlocks ? double.NaN : statistic(all);
        if (!double.IsFinite(whole) || (block == null ? Influence(statistic, all, whole) : []) is not { } influence)
        {
            return null;
        }

        var dependence = block is { } given ? DayDependence.None(blocks, given) : DayDependence.Of(influence);
        var values = Replicate(statistic, blocks, dependence.Block, seed);
        if (!values.All(double.IsFinite) || !dependence.IsFinite)
        {
            return null;
        }

        Array.Sort(values);
        return new(whole, values, dependence);
    }

    // Jackknife pseudo-values; null where the metric is undefined without some block.
    private static double[]? Influence(Statistic statistic, int[] all, double whole)
    {
        var influence = new double[all.Length];
        for (var left = 0; left < all.Length; left++)
        {
            all[left] = 0;
            influence[left] = (all.Length * whole) - ((all.Length - 1) * statistic(all));
            all[left] = 1;
        }

        return influence.All(double.IsFinite) ? influence : null;
    }

    private static double[] Replicate(Statistic statistic, int blocks, int length, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var (times, values) = (new int[blocks], new double[Replicates]);
        for (var turn = 0; turn < Replicates; turn++)
        {
            Array.Clear(times);
            for (var drawn = 0; drawn < blocks; drawn += length)
            {
                var start = random.NextInt(blocks);
                for (var next = 0; next < length && drawn + next < blocks; next++)
                {
                    times[(start + next) % blocks]++;
                }
            }

            values[turn] = statistic(times);
        }

        return values;
    }
}
