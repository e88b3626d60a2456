using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.TestKit;
using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Jobs.Tests;

/// <summary>Stages as requests: written as JSON here, and run from that, by digest, on a machine that has nothing else.</summary>
public sealed class StageRequestsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _here;
    private readonly MlOpsStore _there;

    public StageRequestsTests() =>
        (_here, _there) = (MlOpsStore.At(_folder["here"], TimeProvider.System), MlOpsStore.At(_folder["there"], TimeProvider.System));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Training_gives_there_what_it_gives_here()
    {
        var (pipeline, input) = (new TunedDemand(), await TrainingAsync(new TunedDemand(), ("l2", "3.5")));
        await SameAsync(pipeline, new TrainStage(), input);
        await SameAsync(
            pipeline, new TrainStage(),
            input with { Pipeline = input.Pipeline with { Window = TrainingWindow.Last(60) } });
    }

    [Fact]
    public async Task A_trial_and_the_proof_of_the_best_do_too()
    {
        var (pipeline, declared) = (new TunedDemand(), await TrainingAsync(new TunedDemand()));
        var rows = new TuningRows(declared.Snapshot, declared.Pipeline, 2);
        var best = pipeline.Specify(new Dictionary<string, string> { ["l2"] = "0.7" });
        await SameAsync(pipeline, new TrialStage(), new TrialInput(rows, best, 1));
        await SameAsync(pipeline, new TrialStage(), new TrialInput(rows, best, 1.0 / 3));
        await SameAsync(pipeline, new TuningProofStage(), new TuningProofInput(rows, declared.Pipeline, best));
    }

    [Fact]
    public async Task An_evaluation_does_too()
    {
        var (pipeline, input) = (new SmallDemand(), await TrainingAsync(new SmallDemand()));
        var trained = await _here.Stages(pipeline.Name).RunAsync(new TrainStage(), input, SilentProgress.Instance, default);
        await SameAsync(
            pipeline, new EvaluateStage(),
            new EvaluateInput(trained.Outputs[TrainStage.ModelFile], HoldOutRows.Of(input.Snapshot, input.Pipeline)));
    }

    [Fact]
    public async Task What_the_worker_would_do_otherwise_it_does_not_do()
    {
        var (pipeline, input) = (new TunedDemand(), await TrainingAsync(new TunedDemand()));

        // As of a build whose pipeline reads the clock, or the machine.
        var other = input with { Pipeline = input.Pipeline with { Seed = 77 } };
        var problem = await Should.ThrowAsync<UsageException>(ThereAsync(pipeline, new TrainStage(), other));
        problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB7174");
        Directory.Exists(Path.Combine(_there.Folder, "stages")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_quick_or_reads_what_only_this_machine_has_runs_here()
    {
        var input = await TrainingAsync(new SmallDemand());
        var checking = new ValidateInput(input.Snapshot, input.Pipeline.Contract);
        StageRequests.Of(new("validate", default, checking, new Dictionary<string, string>()), input.Pipeline, ".").ShouldBeNull();
        StageRequests.Of(new("ask", default, input, new Dictionary<string, string>()), input.Pipeline, ".").ShouldBeNull();
    }

    private async Task<TrainInput> TrainingAsync(ModelPipeline pipeline, params (string Name, string Value)[] settings)
    {
        var data = await _here.Blobs.PutAsync(new DemandSimulation { Days = 120, Seed = 1 }.Write(), default);
        return new(
            new(["hours.csv"], [data]), pipeline.Specify(settings.ToDictionary(setting => setting.Name, setting => setting.Value)))
        {
            Root = _folder["here"],
        };
    }

    private async Task SameAsync<TInput, TResult>(ModelPipeline pipeline, Stage<TInput, TResult> stage, TInput input)
        where TInput : notnull
    {
        var run = await _here.Stages(pipeline.Name).RunAsync(stage, input, SilentProgress.Instance, default);
        var there = await ThereAsync(pipeline, stage, input);
        there.Result.ShouldBe(Digest.Of(CanonicalJson.Serialize(run.Result)));
        there.Files.ShouldBe(run.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => new KeyValuePair<string, Digest>(output.Key, output.Value.Digest)));
    }

    private async Task<StageOutputs> ThereAsync<TInput, TResult>(ModelPipeline pipeline, Stage<TInput, TResult> stage, TInput input)
        where TInput : notnull
    {
        var specification = pipeline.Specify(new Dictionary<string, string>());
        var task = new StageTask(stage.Name, _here.Stages(pipeline.Name).KeyOf(stage, input), input, new Dictionary<string, string>());
        var asked = StageRequests.Of(task, specification, _folder["here"]).ShouldNotBeNull();
        foreach (var content in asked.Content)
        {
            await _there.Blobs.PutFileAsync(_here.Blobs.PathOf(content), default);
        }

        return await StageRequests.RunAsync(
            CanonicalJson.Deserialize<StageRequest>(CanonicalJson.Serialize(asked)), pipeline, _folder["there"], _there,
            new Dictionary<string, string>(), SilentProgress.Instance, default);
    }
}
