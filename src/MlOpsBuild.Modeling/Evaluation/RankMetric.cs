using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>
/// A metric of how well a class's probability orders rows; of many classes the mean over each one against the rest. Rows are sorted once.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="undefined">Why it has no value where it has none.</param>
/// <param name="value">The value for rows from the highest probability to the lowest.</param>
internal sealed class RankMetric(string name, string undefined, Func<RankedRows, int[], double> value)
    : Metric(name, Direction.HigherIsBetter, RowLoss.LogLoss, undefined)
{
    public override bool Suits(ClassSet? classes) => classes != null;

    internal override Statistic Prepare(PredictionSet set, Blocks blocks)
    {
        var classes = set.Classes!.IsBinary ? [1] : Enumerable.Range(0, set.Classes.Names.Count).ToArray();
        var ranked = classes.Select(position => RankedRows.Of(set, blocks, position)).ToArray();
        return times => ranked.Average(rows => value(rows, times));
    }
}
