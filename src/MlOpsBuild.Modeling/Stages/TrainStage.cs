using System.Globalization;
using MlOpsBuild.Core;
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
        new("target", input.Pipeline.Target.ToString()),
        new("trainer", input.Pipeline.Trainer.Describe(), input.Pipeline.Trainer.Describe()),
        StageInput.Of("hold-out", input.Pipeline.HoldOut),
        new("seed", input.Pipeline.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Variables(TrainInput input) => input.Pipeline.Variables;

    /// <inheritdoc />
    public override async Task<TrainingSummary> RunAsync(TrainInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var table = await input.Snapshot.ReadValidatedAsync(input.Pipeline.Contract, cancellationToken);
        var (training, heldOut) = input.Pipeline.HoldOut.Split(table);
        if (training.Count < MinimumRows || heldOut.Count < MinimumRows)
        {
            throw new StageFailedException(
                "Not enough data",
                [new("Too few rows", "train", $"{training.Count} to train on, {heldOut.Count} held out", $"at least {MinimumRows} of each", "add data, or hold out fewer days")],
                Verdict.Inconclusive);
        }

        progress.Report(string.Create(CultureInfo.InvariantCulture, $"training on {training.Count:N0} rows, {heldOut.Count:N0} held out"));
        var trainer = input.Pipeline.Trainer;
        var rows = TrainingRows.Of(table.Select(training), input.Pipeline.Features, input.Pipeline.Target, trainer.Standardises, input.Pipeline.Seed);
        foreach (var feature in rows.LeftOut)
        {
            progress.Report($"left out: {feature}, which has the same value in all training rows");
        }

        var model = trainer.Fit(rows, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, ModelFile), CanonicalJson.Serialize(model), cancellationToken);
        return new(trainer.Kind, training.Count, heldOut.Count, table.Times[training[^1]], table.Times[heldOut[0]], table.Times[heldOut[^1]], rows.Transform.Width);
    }
}
