using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training.Prompt;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Makes the model of a pipeline of answers; output <c>model.json</c>. Nothing is asked.</summary>
public sealed class PromptStage : Stage<TrainInput, TrainingSummary>
{
    /// <inheritdoc />
    public override string Name => "train";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(TrainInput input) => new TrainStage().Key(input);

    /// <inheritdoc />
    public override async Task<TrainingSummary> RunAsync(
        TrainInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var pipeline = input.Pipeline;
        var table = await input.Snapshot.ReadValidatedAsync(pipeline.Contract, cancellationToken);
        var split = pipeline.HoldOut.Split(table, pipeline.Seed);
        var trainer = (PromptTrainer)pipeline.Trainer;
        TrainedModel model = trainer.Make(pipeline.Contract, input.Root);
        await File.WriteAllBytesAsync(
            Path.Combine(outputDirectory, TrainStage.ModelFile), CanonicalJson.Serialize(model), cancellationToken);
        return new(
            pipeline.Trainer.Kind, split.Training.Count, split.HeldOut.Count,
            new() { HoldOut = pipeline.HoldOut.Describe(), Seed = pipeline.Seed }, model.Fields.Count)
        {
            // What is compared between runs: the file's name stays while its text changes.
            Chosen = $"{trainer.Describe()}, text {Digest.Of(CanonicalJson.Serialize(((PromptModel)model).Prompt)).Abbreviated}",
        };
    }
}
