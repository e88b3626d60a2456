using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>
/// Interval of a metric's difference between two predictors on the same rows: whole blocks of days are drawn once per replicate and both
/// are evaluated on them (circular blocks, Politis and Romano 1992). How many days make a block follows from how much they depend on one
/// another; see <see cref="DayDependence"/>.
/// </summary>
public static class PairedBlockBootstrap
{
    /// <summary>Replicates drawn.</summary>
    public const int Replicates = 2000;

    /// <summary>Fewest days from which an interval is given.</summary>
    public const int MinimumBlocks = 10;

    /// <summary>
    /// The interval of candidate minus reference, of what is judged; null with fewer than <see cref="MinimumBlocks"/> days, or where a
    /// replicate leaves the metric undefined.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="candidate">Predictions of the candidate.</param>
    /// <param name="reference">Predictions of the reference on the same rows.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="block">Days that are resampled together; null chooses by how much they depend on one another.</param>
    public static Interval? Difference(Metric metric, PredictionSet candidate, PredictionSet reference, double confidence, long seed, int? block = null)
    {
        if (!candidate.Block.AsSpan().SequenceEqual(reference.Block) || !candidate.Labels.AsSpan().SequenceEqual(reference.Labels))
        {
            throw new StageFailedException(new Finding(
                "Predictions are on different rows", $"{candidate.Predictor} and {reference.Predictor}", null, "the same hold-out rows", "evaluate both on the same data"));
        }

        var pairs = ErrorSums.ByBlock(candidate).Zip(ErrorSums.ByBlock(reference), (mine, theirs) => (Mine: mine, Theirs: theirs)).ToArray();
        return Of(pairs, days => days.Aggregate((Mine: default(ErrorSums), Theirs: default(ErrorSums)), (sums, day) => (sums.Mine + day.Mine, sums.Theirs + day.Theirs)) is var sums
            ? metric.Judged(sums.Mine) - metric.Judged(sums.Theirs) : 0, confidence, seed, block);
    }

    /// <summary>The interval of one predictor's metric; null with fewer than <see cref="MinimumBlocks"/> days, or where the metric is undefined on the rows or on a replicate.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="confidence">Coverage in (0, 1).</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="block">Days that are resampled together; null chooses by how much they depend on one another.</param>
    public static Interval? Value(Metric metric, PredictionSet predictions, double confidence, long seed, int? block = null) =>
        Of(ErrorSums.ByBlock(predictions).ToArray(), days => metric.Of(days.Aggregate(default(ErrorSums), (sum, day) => sum + day)), confidence, seed, block);

    private static Interval? Of<T>(T[] days, Func<IEnumerable<T>, double> statistic, double confidence, long seed, int? block)
    {
        var whole = days.Length < MinimumBlocks ? double.NaN : statistic(days);
        if (!double.IsFinite(whole))
        {
            return null;
        }

        var influence = days.Select((_, left) => (days.Length * whole) - ((days.Length - 1) * statistic(days.Where((_, day) => day != left)))).ToArray();
        if (!influence.All(double.IsFinite))
        {
            return null;
        }

        var dependence = block is { } given ? DayDependence.None(days.Length, given) : DayDependence.Of(influence);
        var values = Replicate(days, statistic, dependence.Block, seed);
        if (values.Any(double.IsNaN))
        {
            return null;
        }

        Array.Sort(values);
        var tail = (1 - confidence) / 2;
        var (lower, upper) = (Quantile.Of(values, tail), Quantile.Of(values, 1 - tail));
        var stretch = dependence.Stretch(confidence, (upper - lower) / 2);
        return new(whole - ((whole - lower) * stretch), whole + ((upper - whole) * stretch), confidence, dependence.Block);
    }

    private static double[] Replicate<T>(T[] days, Func<IEnumerable<T>, double> statistic, int block, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var (drawn, values) = (new T[days.Length], new double[Replicates]);
        for (var turn = 0; turn < Replicates; turn++)
        {
            for (var day = 0; day < drawn.Length; day += block)
            {
                var start = random.NextInt(days.Length);
                for (var next = 0; next < block && day + next < drawn.Length; next++)
                {
                    drawn[day + next] = days[(start + next) % days.Length];
                }
            }

            values[turn] = statistic(drawn);
        }

        return values;
    }
}
