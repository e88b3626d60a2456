using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// Expected calibration error (Guo et al. 2017): rows in 15 bins of equal width by probability, the distance of the share that happened
/// from the mean probability, weighted by rows. Of two classes the positive one's probability, of many that of the class answered.
/// </summary>
internal sealed class CalibrationError() : SumMetric("ECE", Direction.LowerIsBetter, RowLoss.Brier, "there are no rows")
{
    private const int Bins = 15;

    public override bool Suits(ClassSet? classes) => classes != null;

    protected override int Sums(PredictionSet set) => Bins * 3;

    protected override void Add(PredictionSet set, int position, double origin, Span<double> sums)
    {
        var prediction = set.At(position);
        var said = set.Classes!.IsBinary ? 1 : set.Classes.Choose(prediction);
        var probability = prediction.ProbabilityOf(said);
        var bin = Math.Clamp((int)Math.Ceiling(probability * Bins) - 1, 0, Bins - 1) * 3;
        sums[bin]++;
        sums[bin + 1] += probability;
        sums[bin + 2] += (int)set.Labels[position] == said ? 1 : 0;
    }

    protected override double Of(PredictionSet set, ReadOnlySpan<double> sums)
    {
        var (rows, apart) = (0.0, 0.0);
        for (var bin = 0; bin < sums.Length; bin += 3)
        {
            rows += sums[bin];
            apart += Math.Abs(sums[bin + 2] - sums[bin + 1]);
        }

        return apart / rows;
    }
}
