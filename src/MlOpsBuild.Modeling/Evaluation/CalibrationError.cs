using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// Expected calibration error (Guo et al. 2017): rows in bins by probability, the distance of the share that happened from the mean
/// probability, weighted by rows. Of two classes the positive one's probability, of many that of the class answered.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="bins">Number of bins.</param>
/// <param name="ofEqualCount">Whether bins hold as many rows each (Nixon et al. 2019), equal probabilities together, instead of being
/// equally wide. They are made once, on all rows, and not for every resampling.</param>
internal sealed class CalibrationError(string name, int bins, bool ofEqualCount)
    : Metric(name, Direction.LowerIsBetter, RowLoss.Brier, "there are no rows")
{
    public override bool Suits(ClassSet? classes) => classes != null;

    internal override Statistic Prepare(PredictionSet set, Blocks blocks)
    {
        var (probabilities, happened) = Said(set);
        var places = ofEqualCount ? ByRank(probabilities) : [.. probabilities.Select(ByWidth)];
        var width = bins * 3;
        var byBlock = new double[blocks.Count * width];
        for (var row = 0; row < set.Count; row++)
        {
            var at = (blocks.OfRow[row] * width) + (places[row] * 3);
            byBlock[at]++;
            byBlock[at + 1] += probabilities[row];
            byBlock[at + 2] += happened[row];
        }

        return BlockSums.Statistic(byBlock, width, Error);
    }

    private static double Error(double[] sums)
    {
        var (rows, apart) = (0.0, 0.0);
        for (var bin = 0; bin < sums.Length; bin += 3)
        {
            rows += sums[bin];
            apart += Math.Abs(sums[bin + 2] - sums[bin + 1]);
        }

        return apart / rows;
    }

    private static (double[] Probabilities, double[] Happened) Said(PredictionSet set)
    {
        var (probabilities, happened) = (new double[set.Count], new double[set.Count]);
        for (var row = 0; row < set.Count; row++)
        {
            var prediction = set.At(row);
            var said = set.Classes!.IsBinary ? 1 : set.Classes.Choose(prediction);
            probabilities[row] = prediction.ProbabilityOf(said);
            happened[row] = (int)set.Labels[row] == said ? 1 : 0;
        }

        return (probabilities, happened);
    }

    private int ByWidth(double probability) => Math.Clamp((int)Math.Ceiling(probability * bins) - 1, 0, bins - 1);

    // Equal probabilities have the rank of the first of them.
    private int[] ByRank(double[] probabilities)
    {
        var (sorted, places) = (probabilities.Index().OrderBy(pair => pair.Item).ToList(), new int[probabilities.Length]);
        var first = 0;
        for (var rank = 0; rank < sorted.Count; rank++)
        {
            first = rank > 0 && sorted[rank].Item == sorted[rank - 1].Item ? first : rank;
            places[sorted[rank].Index] = (int)((long)first * bins / sorted.Count);
        }

        return places;
    }
}
