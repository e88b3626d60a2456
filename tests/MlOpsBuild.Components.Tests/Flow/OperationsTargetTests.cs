using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class OperationsTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    private string Folder => Path.Combine(_run.Store.Folder, "operations");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Where_nothing_was_made_there_is_nothing_to_measure()
    {
        (await _run.RunAsync<DeployingBuild>("OpsMetrics")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("There is no delivery to measure");
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public async Task A_time_that_is_none_is_refused(string days)
    {
        (await _run.RunAsync<DeployingBuild>("OpsMetrics", "--last-days", days)).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain($"That is no time to look back '{days}'");
    }

    [Fact]
    public async Task What_was_delivered_is_a_table_a_page_JSON_and_OpenMetrics()
    {
        await DeliverAsync();

        (await _run.RunAsync<DeployingBuild>("OpsMetrics", "--last-days", "7")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand/local, the last 7 days");
        _run.Output.ShouldContain("1 of 2 found bad later; 0 more stopped by their canary before");
        _run.Output.ShouldContain("| rollback time         | 120 ms");
        _run.Output.ShouldNotContain("\"changes\"");
        Directory.GetFiles(Folder).Select(Path.GetFileName)
            .ShouldBe(["SmallDemand.html", "SmallDemand.json", "openmetrics.txt"], ignoreOrder: true);
        (await File.ReadAllTextAsync(Path.Combine(Folder, "openmetrics.txt")))
            .ShouldContain("mlops_change_failure_ratio{pipeline=\"SmallDemand\",environment=\"local\"} 0.5\n");
        (await File.ReadAllTextAsync(Path.Combine(Folder, "SmallDemand.html"))).ShouldContain("SmallDemand on local: delivery");
    }

    [Fact]
    public async Task Programs_get_one_document()
    {
        await DeliverAsync();

        (await _run.RunAsync<DeployingBuild>("OpsMetrics", "--json")).ShouldBe(0, _run.Output);

        var metrics = JsonNode.Parse(_run.Output)!.AsArray().ShouldHaveSingleItem()!;
        (metrics["pipeline"]!.GetValue<string>(), metrics["changes"]!.AsArray().Count, metrics["rollbackSeconds"]!.GetValue<double>())
            .ShouldBe(("SmallDemand", 2, 0.12));
        metrics["recoveryMinutes"].ShouldBeNull("nobody noticed it but a person");
    }

    private async Task DeliverAsync()
    {
        await _run.Store.RegisterAsync(2);
        foreach (var version in new[] { 1, 2 })
        {
            await new DeploymentStore(_run.Store).SaveAsync(
                new()
                {
                    Id = $"d{version}", Pipeline = nameof(SmallDemand), Environment = "local", Version = version,
                    Started = DateTimeOffset.UtcNow.AddHours(-version), Ended = DateTimeOffset.UtcNow.AddHours(-version),
                    Outcome = version == 1 ? DeploymentOutcome.FirstServed : DeploymentOutcome.Promoted,
                },
                CancellationToken.None);
        }

        await _run.Store.Audit.AppendAsync(
            "ann", "rollback", "SmallDemand/local", "bad",
            new(StringComparer.Ordinal) { ["from"] = "v2", ["to"] = "v1", ["milliseconds"] = "120" }, CancellationToken.None);
    }
}
