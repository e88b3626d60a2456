using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Reporting.EvidencePacks;
using MlOpsBuild.Reporting.Comparing;
using MlOpsBuild.Reporting.History;
using MlOpsBuild.Reporting.Lineage;
using MlOpsBuild.Reporting.Operations;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What <c>--json</c> prints.</summary>
public sealed class DocumentTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(typeof(StatusDocument), "status")]
    [InlineData(typeof(IReadOnlyList<HistoryEntry>), "history")]
    [InlineData(typeof(IReadOnlyList<ServedThen>), "history-at")]
    [InlineData(typeof(IReadOnlyList<LineageStep>), "lineage")]
    [InlineData(typeof(IReadOnlyList<MaturityDocument>), "maturity")]
    [InlineData(typeof(IReadOnlyList<MonitorResult>), "monitor")]
    [InlineData(typeof(IReadOnlyList<OperationsMetrics>), "operations")]
    [InlineData(typeof(ModelComparison), "comparison")]
    [InlineData(typeof(EvidencePack), "evidence")]
    [InlineData(typeof(IReadOnlyList<ExperimentState>), "experiment")]
    public void Each_document_has_a_published_schema(Type document, string name) =>
        DocumentSchema.ShouldBeIn(
            DocumentSchema.Of(document, $"{name} --json of MlOpsBuild"), "src", "docs", "schemas", $"{name}.schema.json");

    [Fact]
    public async Task Status_of_what_never_served_is_a_document_too()
    {
        (await _run.RunAsync<DeployingBuild>("Status", "--json")).ShouldBe(0, _run.Output);

        var document = JsonNode.Parse(_run.Output)!;
        document["servers"]!.AsArray().ShouldBeEmpty();
        document["problems"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task History_lineage_and_maturity_print_a_document_and_nothing_else()
    {
        await _run.Store.RegisterAsync(3);
        _run.Store.Move(1, null, 2, 5);

        (await AskAsync("History")).AsArray().ShouldHaveSingleItem()!["move"]!["to"]!.GetValue<int>().ShouldBe(2);
        (await AskAsync("Lineage", "v2")).AsArray().ShouldHaveSingleItem()!["kind"].ShouldNotBeNull();
        var maturity = (await AskAsync("Maturity")).AsArray().ShouldHaveSingleItem()!;
        maturity["pipeline"]!.GetValue<string>().ShouldBe(nameof(SmallDemand));
        maturity["pieces"]!.AsArray().Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_target_without_a_document_refuses_the_switch()
    {
        (await _run.RunAsync<DeployingBuild>("Train", "--json")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("--json does nothing for Train; it goes with --plan, or with one of Compare, Evidence, Experiment, History, Lineage, Maturity, Monitor, OpsMetrics, Status.");
        (await _run.RecordsAsync()).ShouldBeEmpty();
    }

    private async Task<JsonNode> AskAsync(params string[] arguments)
    {
        (await _run.RunAsync<DeployingBuild>([.. arguments, "--json"])).ShouldBe(0, _run.Output);
        return JsonNode.Parse(_run.Output)!;
    }
}
