using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Comparing;

/// <summary>
/// Puts models beside the first of them: what differs in how they were made, and which differences of their metrics are real. Where two
/// were judged on the same rows, whole days (or groups, or rows) are resampled together, with intervals that hold for all of them at once;
/// where they were not, nothing is said of their difference.
/// </summary>
public static class ComparisonComposer
{
    private const double Alpha = 0.05;

    /// <summary>The comparison of <paramref name="models"/>, at least two, of one pipeline.</summary>
    public static ModelComparison Of(string pipeline, IReadOnlyList<ComparisonInput> models)
    {
        var first = models[0];
        var metrics = first.Predictions is { } set ? Metrics.ShownOf(set) : [];
        var level = 1 - (Alpha / Math.Max(1, metrics.Count * (models.Count - 1)));
        return new(pipeline,
        [
            .. models.Select((model, place) => new ComparedModel(
                model.Name, model.Run.Id, model.Run.Started, model.Run.Trainer, model.Run.Metrics)
            {
                Changes = place == 0 ? [] : ChangesSince.Of(model.Run, first.Run, model.Files),
                Differences = place == 0 ? [] : [.. metrics.Select(metric => Difference(metric, model, first, level))],
            }),
        ]);
    }

    private static ModelDifference Difference(Metric metric, ComparisonInput model, ComparisonInput first, double level)
    {
        if (model.Predictions is not { } mine || first.Predictions is not { } theirs || !SameRows(mine, theirs))
        {
            return new(metric.Name, null, null, DifferenceMeaning.NotComparable);
        }

        (mine, theirs) = JoinedBlocks.Of(mine, theirs);
        var interval = PairedBlockBootstrap.Difference(metric, mine, theirs, level, first.Run.Seed);
        var sign = metric.Direction == Direction.LowerIsBetter ? 1 : -1;
        return new(
            metric.Name, metric.Judged(metric.Of(mine)) - metric.Judged(metric.Of(theirs)), interval,
            interval == null ? DifferenceMeaning.NotComparable
                : Math.Max(sign * interval.Lower, sign * interval.Upper) < 0 ? DifferenceMeaning.Better
                : Math.Min(sign * interval.Lower, sign * interval.Upper) > 0 ? DifferenceMeaning.Worse
                : DifferenceMeaning.NoEvidence);
    }

    private static bool SameRows(PredictionSet one, PredictionSet other) =>
        (one.Figures != null
            ? one.Places.AsSpan().SequenceEqual(other.Places)
            : one.Block.AsSpan().SequenceEqual(other.Block)) && one.Labels.AsSpan().SequenceEqual(other.Labels)
        && Equals(one.Classes, other.Classes) && one.Figures != null == (other.Figures != null);
}
