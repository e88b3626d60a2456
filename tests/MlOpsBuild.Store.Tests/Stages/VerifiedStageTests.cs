using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>Stages that run although their result is kept, and are compared with it.</summary>
public sealed class VerifiedStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_result_is_restored_and_said_to_be_verified()
    {
        var stage = new RowsStage();
        (await RunAsync(stage, new RowsInput(1), verifies: true)).Verified.ShouldBeFalse("there was nothing to compare with");

        var second = await RunAsync(stage, new RowsInput(1), verifies: true);

        (second.Restored, second.Verified, stage.Runs).ShouldBe((true, true, 2));
        (await RunAsync(stage, new RowsInput(1), verifies: false)).Verified.ShouldBeFalse();
    }

    [Fact]
    public async Task Another_file_fails_by_name_and_what_is_kept_stays()
    {
        await File.WriteAllTextAsync(_folder["rows.csv"], "rows");
        var input = new Artifact(Digest.Of("rows"), _folder["rows.csv"]);
        var first = await RunAsync(new CopyStage(), input, verifies: false);

        var failure = await Should.ThrowAsync<StageFailedException>(RunAsync(new CopyStage(() => " and the time"), input, verifies: true));

        (failure.Verdict, failure.ExitCode).ShouldBe((Verdict.Failed, 3));
        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe("copy: copy.csv");
        (await RunAsync(new CopyStage(), input, verifies: false)).Outputs["copy.csv"].ShouldBe(first.Outputs["copy.csv"]);
    }

    [Fact]
    public async Task Another_result_fails_unless_it_is_measured()
    {
        await RunAsync(new CountingStage(measures: false), 1, verifies: false);
        (await Should.ThrowAsync<StageFailedException>(RunAsync(new CountingStage(measures: false) { Runs = 7 }, 1, verifies: true)))
            .Findings.ShouldHaveSingleItem()
            .Where.ShouldBe("count: its result");

        (await RunAsync(new CountingStage(measures: true) { Runs = 7 }, 1, verifies: true))
            .Result.ShouldBe(1, "what is kept is what is given");
    }

    private Task<StageRun<TResult>> RunAsync<TInput, TResult>(Stage<TInput, TResult> stage, TInput input, bool verifies) =>
        MlOpsStore.At(_folder.Path, new ManualTime())
            .Stages("demand", verifies: verifies)
            .RunAsync(stage, input, new ReportedLines(), CancellationToken.None);

    private sealed class CountingStage(bool measures) : Stage<int, int>
    {
        public int Runs { get; set; }

        public override string Name => "count";

        public override bool Measures => measures;

        public override IReadOnlyList<StageInput> Key(int input) => [];

        public override Task<int> RunAsync(
            int input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken) => Task.FromResult(++Runs);
    }
}
