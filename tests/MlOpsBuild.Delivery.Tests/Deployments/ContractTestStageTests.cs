using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(ServerCollection))]
public sealed class ContractTestStageTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    private ContractTestStage Stage => new(_world.Environment, TimeProvider.System);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_server_that_answers_as_training_did_passes_and_ends()
    {
        var result = await RunAsync(await InputAsync(TinyModel.RowsOf(TinyModel.Model(1))));

        (result with { AnswerTimes = null, Cost = null }).ShouldBe(new ContractTestResult(TinyModel.Rows, 6));
        result.Cost.ShouldNotBeNull().UnderLoad.ShouldBeNull("no budget asks for a load");
        result.AnswerTimes!.Requests.ShouldBe(TinyModel.Rows);
        result.AnswerTimes.Median.ShouldBeLessThanOrEqualTo(result.AnswerTimes.P99);
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Golden_rows_that_differ_in_the_last_bit_fail_it_row_by_row()
    {
        var factor = Math.BitIncrement(1.0);

        var failure =
            await Should.ThrowAsync<StageFailedException>(RunAsync(await InputAsync(TinyModel.RowsOf(TinyModel.Model(1), factor))));

        (failure.Verdict, failure.ExitCode).ShouldBe((Verdict.Failed, 3));
        failure.Findings.Count.ShouldBeInRange(TinyModel.Rows / 2, TinyModel.Rows);
        failure.Findings.ShouldAllBe(finding => finding.What == "Golden prediction differs" && finding.Value != finding.Expected);
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_refuses_its_own_golden_rows_fails_it()
    {
        var rows = TinyModel.RowsOf(TinyModel.Model(1)).Replace("temperature", "humidity", StringComparison.Ordinal);

        var failure = await Should.ThrowAsync<StageFailedException>(RunAsync(await InputAsync(rows)));

        failure.Findings.Count(finding => finding.What == "Golden prediction differs").ShouldBe(TinyModel.Rows);
    }

    [Fact]
    public async Task A_median_answer_over_the_budget_fails_it()
    {
        var input = await InputAsync(TinyModel.RowsOf(TinyModel.Model(1))) with { LatencyBudget = TimeSpan.FromTicks(1) };

        var failure = await Should.ThrowAsync<StageFailedException>(RunAsync(input));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("Too slow");
    }

    /// <summary>Any text is a good one: <c>not a value</c> was expected to be refused.</summary>
    [Fact]
    public async Task A_model_of_free_text_alone_passes()
    {
        var model = TinyModel.Model(1) with
        {
            Fields = [new("note", FieldKind.Text)], Transform = new([new TextTerm("note", 0, ["slow"], 1)])
        };
        var input = await InputAsync(
            new LabelledRow(new() { ["note"] = "Slow, very slow" }, 1, model.Predict(new InputRow([0.0], ["Slow, very slow"]))).ToLine());

        var result = await RunAsync(input with
        {
            Model = new(await TinyModel.StoreAsync(_world.Store, model), model.Fields, RequestContract.Of([], model.Fields))
        });

        (result.GoldenRows, result.RefusedInputs).ShouldBe((1, 5));
    }

    [Fact]
    public async Task It_is_run_again_for_another_bundle_server_or_budget_and_for_nothing_else()
    {
        var input = await InputAsync(TinyModel.RowsOf(TinyModel.Model(1)));
        var key = Stage.Key(input);

        Stage.Key(input with { Model = input.Model with { Model = new(input.Model.Model.Digest, "/elsewhere") } }).ShouldBe(key);
        Stage.Key(input with { Bundle = Digest.Of("other") }).ShouldNotBe(key);
        Stage.Key(input with { Server = Digest.Of("other") }).ShouldNotBe(key);
        Stage.Key(input with { LatencyBudget = TimeSpan.FromSeconds(1) }).ShouldNotBe(key);
        Stage.Key(input with { Budget = new() { MemoryMebibytes = 100 } }).ShouldNotBe(key);
    }

    [Fact]
    public async Task What_the_server_cost_is_measured_and_kept()
    {
        var result = await RunAsync(await InputAsync(TinyModel.RowsOf(TinyModel.Model(1))) with
        {
            Budget = new() { P99 = TimeSpan.FromSeconds(20), MemoryMebibytes = 4096, Start = TimeSpan.FromMinutes(2) }
        });

        var cost = result.Cost.ShouldNotBeNull();
        (cost.UnderLoad.ShouldNotBeNull().Requests, cost.Start > TimeSpan.Zero).ShouldBe((1000, true));
        cost.MemoryBytes.ShouldNotBeNull().ShouldBeInRange(10L << 20, 4096L << 20);
    }

    [Fact]
    public async Task Each_budget_that_is_exceeded_fails_it()
    {
        var input = await InputAsync(TinyModel.RowsOf(TinyModel.Model(1))) with
        {
            Budget = new() { P99 = TimeSpan.FromTicks(1), MemoryMebibytes = 1, Start = TimeSpan.FromTicks(1) }
        };

        var failure = await Should.ThrowAsync<StageFailedException>(RunAsync(input));

        failure.Verdict.ShouldBe(Verdict.Failed);
        failure.Findings.Select(finding => (finding.What, finding.Where)).ShouldBe(
            [
                ("Over the budget", ".Budget(b => b.Start(…))"), ("Over the budget", ".Budget(b => b.P99(…))"),
                ("Over the budget", ".Budget(b => b.Memory(…))")
            ]);
    }

    private async Task<ContractTestInput> InputAsync(string rows) => new(
        TinyModel.Pipeline, Digest.Of("bundle"), await _world.ModelAsync(),
        await _world.Store.Blobs.PutAsync(Encoding.UTF8.GetBytes(rows), CancellationToken.None), installed.Program.Digest,
        TimeSpan.FromSeconds(10));

    private Task<ContractTestResult> RunAsync(ContractTestInput input) =>
        Stage.RunAsync(input, _world["checkout"], new Heard(), CancellationToken.None);
}
