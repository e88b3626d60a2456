using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class CompareTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Versions_and_runs_are_put_beside_one_another()
    {
        (await _run.RunAsync<DeployingBuild>("Package", "--no-image")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<DeployingBuild>("TestModel", "--set", "l2=5000")).ShouldBe(0, _run.Output);
        var last = (await _run.RecordsAsync()).MaxBy(run => run.Started)!;

        (await _run.RunAsync<DeployingBuild>("Compare", "v1", $"run:{last.Id}")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("parameters l2 1 → 5000");
        _run.Output.ShouldMatch(@"run:\S+ is (worse|better) than v1 by|no evidence that it differs from v1");
        var page = Directory.GetFiles(Path.Combine(_run.Store.Folder, "comparisons"), "*.html").ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(page)).ShouldContain("<svg");
    }

    [Fact]
    public async Task A_document_is_printed_and_nothing_else()
    {
        (await _run.RunAsync<DeployingBuild>("Package", "--no-image")).ShouldBe(0, _run.Output);

        (await _run.RunAsync<DeployingBuild>("Compare", "v1", "v1", "--json")).ShouldBe(0, _run.Output);

        var models = JsonNode.Parse(_run.Output)!["models"]!.AsArray();
        models.Count.ShouldBe(2);
        models[1]!["differences"]!.AsArray().ShouldAllBe(difference => difference!["meaning"]!.GetValue<string>() == "NoEvidence");
    }

    [Theory]
    [InlineData("There is nothing to compare with", "Compare")]
    [InlineData("There is nothing to compare with 'v1'", "Compare", "v1")]
    [InlineData("No version is called that", "Compare", "v1", "v9")]
    [InlineData("No such run", "Compare", "v1", "run:20200101")]
    [InlineData("Several versions are called that", "Compare", "v1", "Other-v1")]
    [InlineData("Models of several pipelines have nothing to compare", "Compare", "SmallDemand-v1", "Other-v1")]
    public async Task A_wrong_call_says_what_is_missing(string told, params string[] arguments)
    {
        await _run.Store.RegisterAsync(1);
        if (told.StartsWith("Several", StringComparison.Ordinal) || told.StartsWith("Models", StringComparison.Ordinal))
        {
            await _run.Store.RegisterAsync(1, "Other");
        }

        (await _run.RunAsync<DeployingBuild>(arguments)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain(told);
    }
}
