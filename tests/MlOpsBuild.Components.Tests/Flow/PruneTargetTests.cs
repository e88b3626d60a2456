using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class PruneTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task What_to_keep_must_be_said()
    {
        (await _run.RunAsync<ManualBuild>("Prune")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Keep");
        _run.Output.ShouldContain("Nothing was run");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("some")]
    [InlineData("90h")]
    public async Task A_word_that_is_no_rule_is_a_wrong_call_and_takes_nothing(string word)
    {
        await _run.Store.RegisterAsync(3);
        var before = StoredFacts.Files(_run.Store.Folder);

        (await _run.RunAsync<ManualBuild>("Prune", "--keep", "1", word)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain($"'{word}'");
        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_go_and_a_run_takes_just_that()
    {
        await _run.Store.RegisterAsync(4);
        _run.Store.Move(1, null, 2, 5);
        var before = StoredFacts.Files(_run.Store.Folder);

        (await _run.RunAsync<ManualBuild>("Prune", "--keep", "1", "--dry-run")).ShouldBe(0, _run.Output);
        StoredFacts.Files(_run.Store.Folder).ShouldBe(before);
        var told = _run.Output.Split('\n')
            .Where(line => line.StartsWith("would go: ", StringComparison.Ordinal))
            .Select(line => line["would go: ".Length..])
            .ToList();
        told.ShouldBe(["2 registry", "2 runs", "4 blobs, 78 bytes; 5 facts stay"]);
        _run.Output.ShouldContain("a dry run: nothing was changed");

        (await _run.RunAsync<ManualBuild>("Prune", "--keep", "1")).ShouldBe(0, _run.Output);
        _run.Output.Split('\n').Where(line => line.StartsWith("gone: ", StringComparison.Ordinal)).Select(line => line["gone: ".Length..])
            .ShouldBe(told);
        (await _run.Store.Versions(nameof(SmallDemand)).AllAsync(CancellationToken.None)).Select(version => version.Number)
            .ShouldBe([2, 4]);
    }

    [Fact]
    public async Task Number_and_age_together_keep_what_either_keeps()
    {
        await _run.Store.RegisterAsync(3);

        await _run.RunAsync<ManualBuild>("Prune", "--keep", "1", "36500d");

        (await _run.Store.Versions(nameof(SmallDemand)).AllAsync(CancellationToken.None)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Where_there_is_nothing_nothing_goes() =>
        (await _run.RunAsync<ManualBuild>("Prune", "--keep", "1")).ShouldBe(0, _run.Output);
}
