using System.Collections;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Baselines.Tests;

public sealed class BaselineLocatorTests : IAsyncLifetime, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly BaselineQuestion Unknown = new(null, null);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private GitRepository _repository = null!;
    private GitClone _clone = null!;
    private MlOpsStore _store = null!;

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(None);
        _clone = await _repository.CloneAsync(_folder["clone"], None);
        _store = MlOpsStore.At(_clone.Folder, _time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _repository.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Change_on_a_branch_is_compared_with_the_run_of_the_commit_it_leaves_main_at()
    {
        var (start, change) = await BranchAsync();
        var tested = await TestedAsync("1", start, "main");
        await TestedAsync("2", change, "topic");

        var baseline = await FindAsync(Run("3", change, "topic"));

        (baseline.Commit, baseline.Branch, baseline.Run?.Id, baseline.Missing).ShouldBe((start, "main", tested.Id, null));
        baseline.LastOnBranch?.Id.ShouldBe(tested.Id);
    }

    [Fact]
    public async Task Run_on_other_data_is_not_compared_with()
    {
        var (start, change) = await BranchAsync();
        await TestedAsync("1", start, "main", data: "older data");

        var baseline = await FindAsync(Run("2", change, "topic"));

        baseline.Run.ShouldBeNull();
        baseline.Missing!.ShouldContain("was tested on other data");
    }

    [Fact]
    public async Task Commit_that_nobody_tested_is_named_with_the_way_to_a_run()
    {
        var (start, change) = await BranchAsync();

        (await FindAsync(Run("1", change, "topic"))).Missing.ShouldBe(
            $"no test of {start[..12]} is known here: Report --train-merge-base tests it first; or run ./build.sh TestModel on it, with --remote git to share it");
    }

    [Fact]
    public async Task What_the_build_server_says_goes_before_git()
    {
        var (start, change) = await BranchAsync();
        var other = await TestedAsync("1", change, "topic");

        var baseline = await FindAsync(Run("2", start, null), new(change, "release"));

        (baseline.Commit, baseline.Branch, baseline.Run?.Id).ShouldBe((change, "release", other.Id));
    }

    [Fact]
    public async Task Clone_too_shallow_for_the_merge_base_fetches_more_and_says_so_when_it_cannot()
    {
        var (start, _) = await BranchAsync();
        await _clone.RunAsync(["checkout", "-q", "main"], None);
        await _clone.CommitAsync([("main.txt", "later")], "later", None);
        await _clone.RunAsync(["push", "-q", "origin", "main", "topic"], None);
        var shallow = await _repository.CloneAsync(_folder["shallow"], depth: 1, detached: false, None);
        await shallow.RunAsync(["fetch", "-q", "--depth", "1", "origin", "topic"], None);
        var change = (await shallow.RunAsync(["rev-parse", "FETCH_HEAD"], None)).Trim();

        await shallow.RunAsync(["remote", "set-url", "origin", _folder["gone"]], None);
        var baseline = await new BaselineLocator(shallow.Folder, Variables(), TimeProvider.System)
            .FindAsync(Run("1", change, "topic"), [], Unknown, None);
        (baseline.Commit, baseline.Run).ShouldBe((null, null));
        baseline.Missing!.ShouldContain("fetch-depth: 0");

        await shallow.RunAsync(["remote", "set-url", "origin", _repository.FileUrl.ToString()], None);
        var deeper = await new BaselineLocator(shallow.Folder, Variables(), TimeProvider.System)
            .FindAsync(Run("1", change, "topic"), [], Unknown, None);
        deeper.Commit.ShouldBe(start);
    }

    [Fact]
    public async Task On_the_trunk_there_is_no_change_to_look_at()
    {
        var (start, _) = await BranchAsync();
        await TestedAsync("1", start, "main");

        var baseline = await FindAsync(Run("2", start, "topic"));

        (baseline.Commit, baseline.Run, baseline.Missing).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Folder_without_git_has_no_baseline() =>
        (await FindAsync(Run("1", "unused", null) with { Source = null })).ShouldBe(ChangeBaseline.None);

    private async Task<(string Start, string Change)> BranchAsync()
    {
        var start = await _clone.CommitAsync([("a.txt", "a")], "start", None);
        await _clone.RunAsync(["checkout", "-q", "-b", "topic"], None);
        return (start, await _clone.CommitAsync([("a.txt", "b")], "change", None));
    }

    private async Task<ChangeBaseline> FindAsync(RunRecord run, BaselineQuestion? question = null) =>
        await new BaselineLocator(_clone.Folder, Variables(), TimeProvider.System)
            .FindAsync(run, await _store.Runs.OfAsync(run.Pipeline, None), question ?? Unknown, None);

    private async Task<RunRecord> TestedAsync(string id, string commit, string branch, string data = "data")
    {
        var run = Run(id, commit, branch) with
        {
            Data = Digest.Of(data), Evidence = Digest.Of("evidence"), Metrics = [new("RMSE", 42, Direction.LowerIsBetter, 10)]
        };
        await _store.Runs.SaveAsync(run, None);
        return run;
    }

    private static RunRecord Run(string number, string commit, string? branch) => new()
    {
        Id = $"2026112{number}T120000.000Z-abcdef", Pipeline = "Demand",
        Started = new(2026, 11, 20 + int.Parse(number), 12, 0, 0, TimeSpan.Zero), Data = Digest.Of("data"), Source = new(commit, branch),
    };

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);
}
