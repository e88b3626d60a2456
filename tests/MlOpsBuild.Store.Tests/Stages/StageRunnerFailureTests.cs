using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class StageRunnerFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(typeof(StageFailedException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task A_failing_stage_passes_its_failure_on_is_not_cached_and_leaves_nothing_behind(Type type)
    {
        var failure = type == typeof(StageFailedException)
            ? new StageFailedException(new Finding("MLB0000", "broke"))
            : (Exception)Activator.CreateInstance(type, "broke")!;
        var broken = new RowsStage { During = () => Task.FromException(failure) };

        (await Record.ExceptionAsync(() => RunAsync(broken, new(1)))).ShouldBeSameAs(failure);

        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateDirectories(_folder[".mlops/tmp"]).ShouldBeEmpty();
        var sound = new RowsStage();
        (await RunAsync(sound, new(1))).Reason.ShouldBe("first run");
        sound.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_keeps_what_was_cached_for_other_inputs()
    {
        await RunAsync(new RowsStage(), new(1));
        var broken = new RowsStage { During = () => Task.FromException(new StageFailedException(new Finding("MLB0000", "broke"))) };

        await Should.ThrowAsync<StageFailedException>(RunAsync(broken, new(2)));

        (await RunAsync(broken, new(1))).Restored.ShouldBeTrue();
        (await RunAsync(new RowsStage(), new(2))).Reason.ShouldBe("rows 1 → 2");
    }

    [Fact]
    public async Task A_build_killed_inside_a_stage_leaves_a_store_that_the_next_build_sweeps_and_uses()
    {
        using (var killed = await OtherProcess.StartAsync("stage", _folder.Path))
        {
            await killed.KillAsync();
        }

        Directory.EnumerateDirectories(_folder[".mlops/tmp"]).ShouldHaveSingleItem();

        var run = await RunAsync(new RowsStage(), new(1));

        run.Reason.ShouldBe("first run");
        Directory.EnumerateDirectories(_folder[".mlops/tmp"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_work_of_a_living_build_is_left_alone()
    {
        using var living = await OtherProcess.StartAsync("stage", _folder.Path);

        await RunAsync(new RowsStage(), new(2));

        var folder = Directory.EnumerateDirectories(_folder[".mlops/tmp"]).ShouldHaveSingleItem();
        File.Exists(Path.Combine(folder, "rows.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_the_callers_to_repair()
    {
        File.WriteAllText(_folder[".mlops"], "a file, not a folder");

        var failure = await Should.ThrowAsync<UsageException>(RunAsync(new RowsStage(), new(1)));

        failure.Message.ShouldContain(_folder[".mlops"]);
    }

    private Task<StageRun<RowsResult>> RunAsync(RowsStage stage, RowsInput input) =>
        MlOpsStore.At(_folder.Path, _time).Stages("Rows").RunAsync(stage, input, new ReportedLines(), CancellationToken.None);
}
