using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>The mean of what is known of each answered case.</summary>
/// <param name="name">Its name.</param>
/// <param name="direction">Which way it improves.</param>
/// <param name="figure">Its name among <see cref="PredictionSet.Figures"/>; null for the score.</param>
internal sealed class FigureMetric(string name, Direction direction, string? figure)
    : SumMetric(name, direction, RowLoss.AbsoluteError, figure == null ? "there are no cases" : "it is not known of every case")
{
    /// <summary>What a thousand answers like those to the case cost.</summary>
    public const string Cost = "cost";

    /// <summary>Tokens of a question and its answer.</summary>
    public const string Tokens = "tokens";

    /// <summary>The scorer whose score it is; null where it is none of one scorer.</summary>
    public string? Scorer => figure is Cost or Tokens ? null : figure;

    public override bool OfAnswers => true;

    public override bool Suits(ClassSet? classes) => classes == null;

    protected override int Sums(PredictionSet set) => 2;

    protected override void Add(PredictionSet set, int position, double origin, Span<double> sums)
    {
        sums[0]++;
        sums[1] += figure == null ? set.Predictions[position]
            : set.Figures != null && set.Figures.TryGetValue(figure, out var values) ? values[position]
            : double.NaN;
    }

    protected override double Of(PredictionSet set, ReadOnlySpan<double> sums) => sums[1] / sums[0];
}
