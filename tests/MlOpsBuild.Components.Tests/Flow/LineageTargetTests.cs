using System.Text.Json;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class LineageTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Lineage", "v2")]
    [InlineData("Lineage", "SmallDemand-v2")]
    [InlineData("Lineage", "--of", "v2")]
    [InlineData("lineage", "2")]
    public async Task The_word_after_the_target_says_of_what(params string[] arguments)
    {
        await _run.Store.RegisterAsync(3);

        (await _run.RunAsync<DeployingBuild>(arguments)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("version SmallDemand v2");
        _run.Output.ShouldContain($"bundle {Digest.Of("bundle SmallDemand 2")}");
        _run.Output.ShouldContain($"model {Digest.Of("model SmallDemand 2")}");
        _run.Output.ShouldContain("who: ann");
        _run.Output.ShouldContain($"data {Digest.Of("data 2")}");
        _run.Output.ShouldContain("commit 0123456789abcdef");
        _run.Output.ShouldContain("parameters ");
    }

    [Fact]
    public async Task Without_a_word_it_is_of_what_serves()
    {
        await _run.Store.RegisterAsync(3);
        _run.Store.Move(1, null, 2, 5);

        (await _run.RunAsync<DeployingBuild>("Lineage")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("version SmallDemand v2");
        _run.Output.ShouldContain("champion since: 2020-01-10 17:00:00 UTC");
        _run.Output.ShouldNotContain("v3");
    }

    [Fact]
    public async Task A_digest_of_the_data_finds_what_was_made_from_it()
    {
        await _run.Store.RegisterAsync(3);

        await _run.RunAsync<DeployingBuild>("Lineage", Digest.Of("data 3").Abbreviated);

        _run.Output.ShouldContain("version SmallDemand v3");
    }

    [Fact]
    public async Task As_json_there_is_nothing_but_json_in_the_targets_part()
    {
        await _run.Store.RegisterAsync(2);

        (await _run.RunAsync<DeployingBuild>("Lineage", "v2", "--as", "json", "--verbosity", "quiet")).ShouldBe(0, _run.Output);

        using var json = JsonDocument.Parse(_run.Output);
        var version = json.RootElement.EnumerateArray().ShouldHaveSingleItem();
        (version.GetProperty("kind").GetString(), version.GetProperty("name").GetString()).ShouldBe(("version", "SmallDemand v2"));
        version.GetProperty("from")[0]
            .GetProperty("from")[0]
            .GetProperty("from")[0]
            .GetProperty("from")
            .EnumerateArray()
            .Select(step => step.GetProperty("kind").GetString())
            .ShouldBe(["data", "commit", "parameters"]);
    }

    [Fact]
    public async Task As_mermaid_it_is_a_chart()
    {
        await _run.Store.RegisterAsync(2);

        (await _run.RunAsync<DeployingBuild>("Lineage", "v2", "--as", "MERMAID", "--verbosity", "quiet")).ShouldBe(0, _run.Output);

        _run.Output.ShouldStartWith("flowchart TD\n  n0[\"version SmallDemand v2<br/>");
    }

    [Theory]
    [InlineData("No version is called that", "Lineage", "v9")]
    [InlineData("Unknown form", "Lineage", "v2", "--as", "xml")]
    [InlineData("Nothing serves yet", "Lineage")]
    [InlineData("Nothing of this checkout serves there", "Lineage", "http://127.0.0.1:9/")]
    [InlineData("Nothing of this checkout serves there", "Lineage", "https://models.example/")]
    [InlineData("Unknown target 'v3'", "Lineage", "v2", "v3")]
    public async Task What_cannot_be_answered_is_a_wrong_call(string what, params string[] arguments)
    {
        await _run.Store.RegisterAsync(2);

        (await _run.RunAsync<DeployingBuild>(arguments)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain(what);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        await _run.Store.RegisterAsync(2);
        _run.Store.Move(1, null, 2, 5);
        var before = StoredFacts.Files(_run.Store.Folder);

        await _run.RunAsync<DeployingBuild>("Lineage", "v1");
        await _run.RunAsync<DeployingBuild>("History");
        await _run.RunAsync<DeployingBuild>("History", "--at", "2020-01-11");

        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
    }
}
