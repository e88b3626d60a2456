using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Training.Onnx;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Jobs;

/// <summary>
/// Stages as requests, and back: which of them may run elsewhere, what they read, and how they are run from what was read.
/// </summary>
internal static class StageRequests
{
    private const string Train = "train";

    /// <summary>The request for a stage; null for one that runs here: it is quick, or reads what only this machine has.</summary>
    /// <param name="task">The stage.</param>
    /// <param name="pipeline">The pipeline whose run it is.</param>
    /// <param name="root">The checkout.</param>
    public static StageRequest? Of(StageTask task, PipelineSpec pipeline, string root) => task.Input switch
    {
        TrainInput { Pipeline.Trainer: not OnnxTrainer } input when task.Stage == Train =>
            Of(task, input.Snapshot, root, input.Pipeline),
        TrialInput input => Of(task, input.Rows.Snapshot, root, input.Rows.Declared, input.Pipeline) with
        {
            Folds = input.Rows.Folds, Share = input.Share,
        },
        TuningProofInput input => Of(task, input.Rows.Snapshot, root, input.Declared, input.Best) with { Folds = input.Rows.Folds },
        EvaluateInput input => Of(task, input.Rows.Snapshot, root, pipeline) with
        {
            Model = input.Model.Digest, RunsPrograms = input.RunsPrograms,
        },
        _ => null,
    };

    /// <summary>Runs a requested stage on content that is in the store by now.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="root">The folder with the trainer's files.</param>
    /// <param name="store">The store.</param>
    /// <param name="variables">Variables of the environment.</param>
    /// <param name="progress">Told how it goes on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">This program would do something else than the one that asks.</exception>
    public static Task<StageOutputs> RunAsync(
        StageRequest request, ModelPipeline pipeline, string root, MlOpsStore store, IReadOnlyDictionary<string, string> variables,
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        var specifications = request.Definitions.Select(definition => pipeline.Specify(definition.Parameters) with
        {
            Window = TrainingWindow.Parse(definition.Window) ?? TrainingWindow.All,
        }).ToList();
        var (first, last) = (specifications[0], specifications[^1]);
        SnapshotFiles snapshot = new(request.Data.Names, [.. request.Data.Files.Select(store.Blobs.At)])
        {
            Joined = [.. request.Data.Joined.Select(store.Blobs.At)], HeldOut = request.Data.HeldOut, Format = request.Data.Format,
            HeldOutFormat = request.Data.HeldOutFormat,
        };
        var rows = new TuningRows(snapshot, first, request.Folds);
        return request switch
        {
            { Model: { } model } => RunAsync(
                new EvaluateStage(),
                new EvaluateInput(store.Blobs.At(model), HoldOutRows.Of(snapshot, first)) { RunsPrograms = request.RunsPrograms }),
            { Stage: Train } => RunAsync(new TrainStage(), new TrainInput(snapshot, first) { Root = root }),
            { Share: > 0 } => RunAsync(new TrialStage(), new TrialInput(rows, last, request.Share) { Root = root }),
            _ => RunAsync(new TuningProofStage(), new TuningProofInput(rows, first, last) { Root = root }),
        };

        async Task<StageOutputs> RunAsync<TInput, TResult>(Stage<TInput, TResult> stage, TInput input)
        {
            var runner = store.Stages(pipeline.Name, variables);
            if (runner.KeyOf(stage, input) is var key && key != request.Key)
            {
                throw new UsageException(new Finding(
                    "MLB7174", "The worker would run another stage than the build", $"{request.Stage} of {request.Pipeline}",
                    key.ToString(), request.Key.ToString(),
                    "make it depend on declared inputs only (parameters, variables, files of the trainer): the worker has nothing else; processor and system have to be the same, too"));
            }

            var run = await runner.RunAsync(stage, input, progress, cancellationToken);
            var result = await store.Blobs.PutAsync(CanonicalJson.Serialize(run.Result), cancellationToken);
            return new(result.Digest, new(run.Outputs.ToDictionary(output => output.Key, output => output.Value.Digest),
                StringComparer.Ordinal));
        }
    }

    private static StageRequest Of(StageTask task, SnapshotFiles snapshot, string root, params PipelineSpec[] pipelines) => new(
        task.Stage, task.Key, pipelines[0].Name,
        [.. pipelines.Select(pipeline => new StageRequest.Definition(pipeline.Parameters, pipeline.Window.Describe()))],
        new(
            snapshot.Names, [.. snapshot.Files.Select(file => file.Digest)], [.. snapshot.Joined.Select(file => file.Digest)],
            snapshot.HeldOut, snapshot.Format, snapshot.HeldOutFormat))
    {
        Files = pipelines.SelectMany(pipeline => pipeline.Trainer.Files).Distinct()
            .ToDictionary(file => file, file => Digest.Of(File.ReadAllBytes(Path.GetFullPath(file, root)))),
    };
}
