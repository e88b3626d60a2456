using System.Text.Json;
using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What a plan says of stages, and that it changes nothing.</summary>
public sealed class PlanTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Before_the_first_run_everything_would_run_and_no_store_is_made()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--plan")).ShouldBe(0, _run.Output);

        Lines().ShouldBe(
        [
            "1. IngestData: needed by ValidateData; would run", "ingest: would run (first run)",
            "2. ValidateData: needed by Train; after IngestData; would run", "IngestData would run before it",
            "3. Train: named; after ValidateData; would run", "ValidateData would run before it",
        ]);
        Directory.Exists(_run.Store.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_run_everything_would_be_restored_and_nothing_changes()
    {
        await _run.RunAsync<LevelTwoBuild>("Train");
        var before = StoredFacts.Files(_run.Store.Folder);

        (await _run.RunAsync<LevelTwoBuild>("Train", "--plan")).ShouldBe(0, _run.Output);

        Lines().Where(line => line.Contains("would", StringComparison.Ordinal))
            .ShouldAllBe(line => line.EndsWith("would be restored", StringComparison.Ordinal));
        Lines().Count.ShouldBe(6);
        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
        (await _run.RecordsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_names_the_first_difference_that_the_run_then_names_too()
    {
        await _run.RunAsync<LevelTwoBuild>("Train");

        await _run.RunAsync<LevelTwoBuild>("Train", "--plan", "--set", "l2=3");
        Lines().ShouldContain("train: would run (trainer linear l2=1 → linear l2=3)");
        Lines().ShouldContain("ingest: would be restored");

        await _run.RunAsync<LevelTwoBuild>("Train", "--set", "l2=3");
        _run.Output.ShouldContain("train runs: trainer linear l2=1 → linear l2=3");
    }

    [Fact]
    public async Task As_json_each_target_says_whether_it_would_run()
    {
        await _run.RunAsync<LevelTwoBuild>("ValidateData");

        (await _run.RunAsync<LevelTwoBuild>("Train", "--plan", "--json")).ShouldBe(0);

        using var plan = JsonDocument.Parse(_run.Output);
        plan.RootElement.EnumerateArray().Select(row => (row.GetProperty("name").GetString(), row.GetProperty("wouldRun").GetBoolean()))
            .ShouldBe([("IngestData", false), ("ValidateData", false), ("Train", true)]);
    }

    [Fact]
    public async Task A_call_that_would_fail_is_foretold()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--plan", "--data", "nowhere.csv")).ShouldBe(0, _run.Output);

        Lines().ShouldContain(line => line.StartsWith("would fail: ", StringComparison.Ordinal)
            && line.Contains("Data file not found", StringComparison.Ordinal));
        Directory.Exists(_run.Store.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Gates_that_passed_are_foretold_as_restored_and_nothing_changes()
    {
        await _run.RunAsync<DeployingBuild>("TestModel");
        var before = StoredFacts.Files(_run.Store.Folder);

        (await _run.RunAsync<DeployingBuild>("TestModel", "Report", "--plan")).ShouldBe(0, _run.Output);

        Lines().ShouldContain("4. TestModel: named; after Train; would be restored");
        _run.Output.ShouldNotContain("│");
        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
    }

    private List<string> Lines() => [.. _run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())];
}
