using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// What the mean loss is likely to be where no labels are known. Of classes, the loss that the probabilities themselves expect
/// (confidence-based performance estimation); of numbers, the loss that predictions of that size had on the hold-out (direct loss
/// estimation over tenths of the predictions). Both see rows move to where the model is weaker; neither sees that the same rows have come
/// to mean something else: for that labels are needed.
/// </summary>
public sealed class EstimatedLoss
{
    private const int Bins = 10;
    private readonly LossReference _reference;
    private readonly double[] _edges = [];
    private readonly double[] _means = [];
    private readonly double _correction = 1;

    /// <summary>An estimate that is right in the mean on the hold-out of <paramref name="reference"/>.</summary>
    public EstimatedLoss(LossReference reference)
    {
        _reference = reference;
        if (reference.Classes != null)
        {
            var expected = reference.Predictions.Average(Expected);
            _correction = expected > 0 ? reference.Mean / expected : 1;
            return;
        }

        double[] sorted = [.. reference.Predictions.Select(prediction => prediction.Value).Order()];
        _edges = [.. Enumerable.Range(1, Bins - 1).Select(bin => Quantile.Of(sorted, (double)bin / Bins)).Distinct()];
        var (sums, counts) = (new double[_edges.Length + 1], new int[_edges.Length + 1]);
        foreach (var (prediction, loss) in reference.Predictions.Zip(reference.Losses))
        {
            var bin = BinOf(prediction.Value);
            (sums[bin], counts[bin]) = (sums[bin] + loss, counts[bin] + 1);
        }

        _means = [.. sums.Zip(counts, (sum, count) => count == 0 ? reference.Mean : sum / count)];
    }

    /// <summary>The loss that is expected of a row.</summary>
    public double Of(Prediction prediction) =>
        _reference.Classes != null ? _correction * Expected(prediction) : _means[BinOf(prediction.Value)];

    /// <summary>
    /// The loss that probabilities expect of themselves: Σ p(class) · loss if it is that class (NannyML's CBPE, per row).
    /// </summary>
    public static double ExpectedBy(Prediction probabilities, RowLoss loss, ClassSet? classes) =>
        Enumerable.Range(0, probabilities.Count == 1 ? 2 : probabilities.Count)
            .Sum(position => probabilities.ProbabilityOf(position) * loss.Of(probabilities, position, classes));

    private double Expected(Prediction prediction) => ExpectedBy(prediction, _reference.Loss, _reference.Classes);

    private int BinOf(double value)
    {
        var at = Array.BinarySearch(_edges, value);
        return at >= 0 ? at : ~at;
    }
}
