using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// Fits a pipeline with a trial's values on every fold, and measures it on the rows that the fold keeps. It is a stage like any other: a
/// search that was cut short finds what it has tried.
/// </summary>
public sealed class TrialStage : Stage<TrialInput, TrialResult>
{
    /// <inheritdoc />
    public override string Name => "trial";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(TrialInput input) =>
    [
        .. new TrainStage().Key(new(input.Rows.Snapshot, input.Pipeline) { Root = input.Root }),
        new("metric", input.Pipeline.Gates[0].Metric.Name),
        new("folds", input.Rows.Folds.ToString(CultureInfo.InvariantCulture)),
        new("share", input.Share.ToString("R", CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Variables(TrialInput input) => input.Pipeline.Variables;

    /// <inheritdoc />
    public override async Task<TrialResult> RunAsync(
        TrialInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        input.Rows.RequireSame(input.Pipeline);
        var (table, folds) = await input.Rows.ReadAsync(cancellationToken);
        var (metric, values) = (input.Pipeline.Gates[0].Metric, new List<double>());
        foreach (var (number, fold) in folds.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (_, set) = new SplitFit(input.Rows.Snapshot, input.Pipeline, input.Root).Run(
                table, Part(fold, input, table), "trial", $"fold {number + 1} of {folds.Count}", cancellationToken);
            var value = metric.Judged(metric.Of(set));
            if (!double.IsFinite(value))
            {
                throw new StageFailedException(
                    "A trial has no value",
                    [new(
                        "MLB2057", "The metric has no value", $"fold {number + 1} of {folds.Count}",
                        metric.ValueOf(set).Undefined ?? "it is not finite", $"a finite {metric.Name}",
                        "take fewer --folds, or another metric for the first gate")],
                    Verdict.Inconclusive);
            }

            values.Add(value);
        }

        return new(values);
    }

    // Of rows in time the newest, else those drawn first: what is fitted on a share is fitted on all of it later.
    private static Split Part(Split fold, TrialInput input, DataTable table)
    {
        if (input.Share == 1)
        {
            return fold;
        }

        var wanted = Math.Max(TrainStage.MinimumRows, (int)Math.Round(fold.Training.Count * input.Share));
        var places = fold.Unit == Evaluation.BlockUnit.Day ? null : RowPlaces.Of(table, input.Pipeline.Seed);
        return fold with
        {
            Training = places == null
                ? [.. fold.Training.TakeLast(wanted)]
                : [.. fold.Training.OrderBy(row => places[row]).Take(wanted).Order()],
        };
    }
}
