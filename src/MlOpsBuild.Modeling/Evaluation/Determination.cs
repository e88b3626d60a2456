using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)².</summary>
internal sealed class Determination() : SumMetric("R²", Direction.HigherIsBetter, RowLoss.SquaredError, "the labels are constant")
{
    private const double Rounding = 1e-12;

    public override bool Suits(ClassSet? classes) => classes == null;

    protected override int Sums(PredictionSet set) => 5;

    protected override void Add(PredictionSet set, int position, double origin, Span<double> sums)
    {
        var (label, error) = (set.Labels[position], set.Predictions[position] - set.Labels[position]);
        sums[0]++;
        sums[1] += label - origin;
        sums[2] += (label - origin) * (label - origin);
        sums[3] += error * error;
        sums[4] += label * label;
    }

    // Labels that are equal but for rounding have no variation to explain.
    protected override double Of(PredictionSet set, ReadOnlySpan<double> sums)
    {
        var spread = sums[2] - (sums[1] * sums[1] / sums[0]);
        return spread > Rounding * Rounding * sums[4] ? 1 - (sums[3] / spread) : double.NaN;
    }
}
