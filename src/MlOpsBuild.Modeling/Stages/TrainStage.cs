using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Leaks;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Fits the model on the training rows; output <c>model.json</c>.</summary>
public sealed class TrainStage : Stage<TrainInput, TrainingSummary>
{
    /// <summary>Name of the output that holds the model.</summary>
    public const string ModelFile = "model.json";

    /// <summary>Fewest training rows and fewest held-out rows.</summary>
    public const int MinimumRows = 50;

    /// <inheritdoc />
    public override string Name => "train";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(TrainInput input) =>
    [
        .. input.Snapshot.Key,
        StageInput.Of("contract", input.Pipeline.Contract),
        StageInput.Of("features", input.Pipeline.Features),
        StageInput.Of("target", input.Pipeline.Target),
        new("trainer", input.Pipeline.Trainer.Describe(), input.Pipeline.Trainer.Describe()),
        StageInput.Of("hold-out", input.Pipeline.HoldOut),
        StageInput.Of("window", input.Pipeline.Window),
        .. input.Pipeline.AllowedLeaks.Count > 0 ? (StageInput[])[StageInput.Of("allowed leaks", input.Pipeline.AllowedLeaks)] : [],
        .. input.Files,
        .. input.Code,
        new("seed", input.Pipeline.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Variables(TrainInput input) => input.Pipeline.Variables;

    /// <inheritdoc />
    public override async Task<TrainingSummary> RunAsync(
        TrainInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var table = await input.Snapshot.ReadValidatedAsync(input.Pipeline.Contract, cancellationToken);
        var (pipeline, split) = (input.Pipeline, input.Pipeline.HoldOut.Split(table, input.Pipeline.Seed));
        var window = pipeline.Window.Of(table, split.Training);
        var (training, heldOut) = (window.Positions, split.HeldOut);
        if (training.Count < MinimumRows || heldOut.Count < MinimumRows)
        {
            throw new StageFailedException(
                "Not enough data",
                [new(
                    "MLB2002", "Too few rows", "train", $"{training.Count} to train on, {heldOut.Count} held out",
                    $"at least {MinimumRows} of each",
                    split.Unit == BlockUnit.Day ? "add data, or hold out fewer days" : "add data, or change the share held out")],
                Verdict.Inconclusive);
        }

        progress.Report(string.Create(CultureInfo.InvariantCulture, $"training on {training.Count:N0} rows, {heldOut.Count:N0} held out"));
        if (split.Unlabelled > 0)
        {
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"{split.Unlabelled:N0} rows without a label are in neither part"));
        }

        RequireKnownClasses(table, training, heldOut, pipeline.Target);
        var leaks = LeakSearch.Of(table, pipeline, split);
        LeakSearch.Require(leaks);
        var rows = TrainingRows.Of(table, window, pipeline, input.Root);
        foreach (var feature in rows.LeftOut)
        {
            progress.Report($"left out: {feature}, which has the same value in all training rows");
        }

        var trainer = pipeline.Trainer.Choose(rows, progress, cancellationToken);
        var model = trainer.Fit(rows.For(trainer), cancellationToken) with { Range = pipeline.Target.RangeOf(pipeline.Contract) };
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, ModelFile), CanonicalJson.Serialize(model), cancellationToken);
        return new(trainer.Kind, training.Count, heldOut.Count, FactsOf(table, split, pipeline), rows.Transform.Width)
        {
            Leaks = leaks, Chosen = trainer == pipeline.Trainer ? null : trainer.Describe(),
        };
    }

    internal static SplitFacts FactsOf(DataTable table, Split split, PipelineSpec pipeline) => new()
    {
        HoldOut = pipeline.HoldOut.Describe(),
        Seed = pipeline.Seed,
        Through = table.Times.Count > 0 ? table.Times[split.Training[^1]] : null,
        From = split.Unit == BlockUnit.Day ? table.Times[split.HeldOut[0]] : null,
        To = split.Unit == BlockUnit.Day ? table.Times[split.HeldOut[^1]] : null,
        Cuts = new(split.Cuts.ToDictionary(), StringComparer.Ordinal),
        DrawnWithTexts = pipeline.HoldOut is RandomShare && table.TextColumns.Count > 0,
    };

    // A class that was never seen can only be predicted wrongly.
    internal static void RequireKnownClasses(DataTable table, IReadOnlyList<int> training, IReadOnlyList<int> heldOut, TargetSpec target)
    {
        if (target.Classes is { } classes)
        {
            var labels = target.KnownOf(table);
            var unknown = heldOut.Select(row => labels[row])
                .Except(training.Select(row => labels[row]))
                .Select(position => classes.Names[(int)position])
                .ToList();
            if (unknown.Count > 0)
            {
                throw new StageFailedException(new Finding(
                    "MLB2028", "A class is held out only", $"column {table.Contract.Label.Name}", string.Join(", ", unknown),
                    "every class among the training rows", "add rows of it, or hold out other rows"));
            }
        }
    }
}
