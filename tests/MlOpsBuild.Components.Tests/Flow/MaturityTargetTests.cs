using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class MaturityTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Four_models_are_told_with_what_is_missing_next()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);

        (await _run.RunAsync<DeployingBuild>("Maturity")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand: declared level 4 (ContinuousDeployment), supported by evidence: 2");
        _run.Output.ShouldContain("Google: level 0 of 2; next: metadata of each run kept");
        _run.Output.ShouldContain("Microsoft: level 0 of 4; next: code under version control");
        _run.Output.ShouldContain("ML Test Score 0 (more of a research project than a productionized system)");
        _run.Output.ShouldMatch(@"data 1: feature expectations [^|]+\| 1 +\| run ");
    }

    [Fact]
    public async Task What_was_done_by_hand_counts_half_once_it_is_written_down()
    {
        await DeclareAsync("""[{ "test": "data 3", "owner": "ann", "date": "2026-11-01", "what": "costs reviewed" }]""");

        (await _run.RunAsync<DeployingBuild>("Maturity", "--json")).ShouldBe(0, _run.Output);

        var score = JsonNode.Parse(_run.Output)![0]!["score"]!;
        score["tests"]!.AsArray().Count.ShouldBe(28);
        var declared = score["tests"]!.AsArray().Single(test => test!["points"]!.GetValue<double>() == 0.5)!;
        (declared["section"]!.GetValue<string>(), declared["number"]!.GetValue<int>(), declared["evidence"]!.GetValue<string>())
            .ShouldBe(("data", 3, "ann, 2026-11-01: costs reviewed"));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""[{ "test": "data 3" }]""")]
    public async Task Declarations_that_nobody_can_read_are_no_silence(string text)
    {
        await DeclareAsync(text);

        (await _run.RunAsync<DeployingBuild>("Maturity")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("These are no declarations");
        _run.Output.ShouldContain("pipelines/SmallDemand/declarations.json");
    }

    private Task DeclareAsync(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_run.Root, "pipelines", nameof(SmallDemand))).FullName;
        return File.WriteAllTextAsync(Path.Combine(folder, "declarations.json"), text);
    }
}
