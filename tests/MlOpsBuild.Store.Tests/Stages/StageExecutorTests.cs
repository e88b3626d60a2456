using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>Stages that run elsewhere.</summary>
public sealed class StageExecutorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_ran_elsewhere_is_what_would_have_run_here_and_is_restored_everywhere()
    {
        var (here, there) = (new RowsStage(), new RowsStage());
        var elsewhere = new Elsewhere(_folder, there);

        var first = await RunAsync(here, elsewhere);

        (first.Restored, here.Runs, there.Runs).ShouldBe((false, 0, 1));
        elsewhere.Task!.Key.ShouldBe(first.Key);
        (await RunAsync(here, null)).Restored.ShouldBeTrue();
        (await RunAsync(here, null, verifies: true)).Verified.ShouldBeTrue("the same result came of it here");
        here.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_runs_elsewhere_runs_here()
    {
        var here = new RowsStage();
        (await RunAsync(here, new Elsewhere(_folder, null))).Restored.ShouldBeFalse();
        here.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Of_variables_only_those_that_the_stage_declares_are_told()
    {
        var elsewhere = new Elsewhere(_folder, null);
        await MlOpsStore.At(_folder.Path, new ManualTime())
            .Stages("demand", new Dictionary<string, string> { ["ENDPOINT"] = "http://a", ["PASSWORD"] = "p" }, executor: elsewhere)
            .RunAsync(new DeclaringStage(), ["ENDPOINT", "ABSENT"], new ReportedLines(), CancellationToken.None);
        elsewhere.Task!.Variables.ShouldBe([new("ENDPOINT", "http://a")]);
    }

    private Task<StageRun<RowsResult>> RunAsync(RowsStage stage, IStageExecutor? executor, bool verifies = false) =>
        MlOpsStore.At(_folder.Path, new ManualTime())
            .Stages("demand", verifies: verifies, executor: executor)
            .RunAsync(stage, new RowsInput(7), new ReportedLines(), CancellationToken.None);

    // Into the same store, as the executor of a cluster fetches it there.
    private sealed class Elsewhere(TemporaryFolder folder, RowsStage? stage) : IStageExecutor
    {
        public StageTask? Task { get; private set; }

        public async Task<StageOutputs?> RunAsync(StageTask task, IProgress<string> progress, CancellationToken cancellationToken)
        {
            Task = task;
            if (stage == null)
            {
                return null;
            }

            var (work, blobs) = (Directory.CreateDirectory(folder["there"]).FullName, MlOpsStore.At(folder.Path, new ManualTime()).Blobs);
            var result = await blobs.PutAsync(
                CanonicalJson.Serialize(await stage.RunAsync((RowsInput)task.Input, work, progress, cancellationToken)), cancellationToken);
            var files = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
            foreach (var file in Directory.GetFiles(work))
            {
                files[Path.GetFileName(file)] = (await blobs.PutFileAsync(file, cancellationToken)).Digest;
            }

            return new(result.Digest, files);
        }
    }
}
