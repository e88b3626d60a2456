using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>A metric of the classes that were answered.</summary>
/// <param name="name">Its name.</param>
/// <param name="threshold">Of two classes, from which probability the positive one is answered; null takes the model's.</param>
/// <param name="undefined">Why it has no value where it has none.</param>
/// <param name="value">The value for the counts.</param>
internal sealed class ClassCountMetric(string name, double? threshold, string undefined, ClassCountMetric.OfCounts value)
    : SumMetric(name, Direction.HigherIsBetter, RowLoss.ZeroOne, undefined)
{
    public delegate double OfCounts(ClassCounts counts);

    public override bool Suits(ClassSet? classes) => classes != null && (threshold == null || classes.IsBinary);

    protected override int Sums(PredictionSet set) => set.Classes!.Names.Count * 3;

    protected override void Add(PredictionSet set, int position, double origin, Span<double> sums)
    {
        var classes = threshold is { } own ? set.Classes! with { Threshold = own } : set.Classes!;
        var (label, answer) = ((int)set.Labels[position], classes.Choose(set.At(position)));
        sums[label * 3]++;
        sums[(answer * 3) + 1]++;
        sums[(label * 3) + 2] += label == answer ? 1 : 0;
    }

    protected override double Of(PredictionSet set, ReadOnlySpan<double> sums) => value(new ClassCounts(sums));
}
