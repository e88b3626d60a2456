using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>A mean over rows, or its root.</summary>
/// <param name="name">Its name.</param>
/// <param name="loss">What it charges for one row.</param>
/// <param name="ofClasses">Whether it measures probabilities, and not numbers.</param>
/// <param name="undefined">Why it has no value where it has none.</param>
/// <param name="row">What a row adds; NaN leaves the metric undefined.</param>
internal sealed class MeanMetric(string name, RowLoss loss, bool ofClasses, string undefined, Func<PredictionSet, int, double> row)
    : SumMetric(name, Direction.LowerIsBetter, loss, undefined)
{
    /// <summary>Whether the root of the mean is taken.</summary>
    public bool IsRoot { get; init; }

    public override bool Suits(ClassSet? classes) => classes != null == ofClasses;

    protected override int Sums(PredictionSet set) => 2;

    protected override void Add(PredictionSet set, int position, double origin, Span<double> sums)
    {
        sums[0]++;
        sums[1] += row(set, position);
    }

    protected override double Of(PredictionSet set, ReadOnlySpan<double> sums) => IsRoot ? Math.Sqrt(sums[1] / sums[0]) : sums[1] / sums[0];
}
