using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class StageRunnerReasonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ReportedLines _lines = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_changed_input_with_shown_values_is_the_reason_with_both_values()
    {
        var before = await RunAsync(new(1));

        var after = await RunAsync(new(2));

        after.Reason.ShouldBe("rows 1 → 2");
        after.Key.ShouldNotBe(before.Key);
        _lines.Lines.ShouldBe(["rows runs: first run", "rows runs: rows 1 → 2"]);
    }

    [Fact]
    public async Task A_changed_input_without_shown_values_is_the_reason_by_name()
    {
        await RunAsync(new(1, "first"));

        (await RunAsync(new(1, "second"))).Reason.ShouldBe("contract changed");
    }

    [Fact]
    public async Task What_was_tried_and_undone_is_no_reason()
    {
        await RunAsync(new(1, "first"));
        await RunAsync(new(1, "tried"));
        (await RunAsync(new(1, "first"))).Restored.ShouldBeTrue();

        (await RunAsync(new(2, "first"))).Reason.ShouldBe("rows 1 → 2");
    }

    [Fact]
    public async Task A_raised_stage_version_is_a_reason()
    {
        await RunAsync(new(1));

        (await RunAsync(new(1), new() { Raised = 2 })).Reason.ShouldBe("version changed");
    }

    [Fact]
    public async Task Pipelines_do_not_take_each_other_for_their_last_run()
    {
        await RunAsync(new(1));

        (await RunAsync(new(2), pipeline: "Other")).Reason.ShouldBe("first run");
    }

    [Fact]
    public async Task A_restored_stage_reports_nothing()
    {
        await RunAsync(new(1));
        await RunAsync(new(1));

        _lines.Lines.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("contract.json")]
    public async Task A_damaged_output_makes_the_stage_run_again_and_is_repaired(string output)
    {
        var first = await RunAsync(new(1));
        File.WriteAllText(first.Outputs[output].Path, "damaged");

        var second = await RunAsync(new(1));

        (second.Restored, second.Reason).ShouldBe((false, "stored outputs are missing or damaged"));
        Digest.Of(File.ReadAllBytes(second.Outputs[output].Path)).ShouldBe(first.Outputs[output].Digest);
        (await RunAsync(new(1))).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_output_makes_the_stage_run_again()
    {
        var first = await RunAsync(new(1));
        File.Delete(first.Outputs["rows.csv"].Path);

        (await RunAsync(new(1))).Reason.ShouldBe("stored outputs are missing or damaged");
    }

    [Fact]
    public async Task A_damaged_result_makes_the_stage_run_again()
    {
        var first = await RunAsync(new(1));
        var result = Digest.Of(CanonicalJson.Serialize(first.Result));
        File.WriteAllText(_folder[".mlops/blobs/sha256/" + result.Hex], "damaged");

        var second = await RunAsync(new(1));

        (second.Restored, second.Reason).ShouldBe((false, "stored outputs are missing or damaged"));
        (await RunAsync(new(1))).Restored.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"stage\": ")]
    [InlineData("null")]
    public async Task An_unreadable_cache_entry_makes_the_stage_run_again(string entry)
    {
        var first = await RunAsync(new(1));
        File.WriteAllText(_folder[$".mlops/stages/{first.Key.Hex}.json"], entry);

        (await RunAsync(new(1))).Restored.ShouldBeFalse();
        (await RunAsync(new(1))).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unreadable_last_record_does_not_stop_the_stage()
    {
        await RunAsync(new(1));
        File.WriteAllText(_folder[".mlops/stages/last/Demand-rows.json"], "damaged");

        (await RunAsync(new(2))).Reason.ShouldBe("the last record is unreadable");
    }

    private Task<StageRun<RowsResult>> RunAsync(RowsInput input, RowsStage? stage = null, string pipeline = "Demand") =>
        MlOpsStore.At(_folder.Path, _time).Stages(pipeline).RunAsync(stage ?? new(), input, _lines, CancellationToken.None);
}
