using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class SyncTargetTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly TeamRemote _remote = new();

    public SyncTargetTests()
    {
        foreach (var (name, value) in TeamRemote.Variables)
        {
            _run.Environment.TryAdd(name, value);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _remote.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData("--remote", "none")]
    [InlineData("--remote", "")]
    public async Task Without_a_team_there_is_nothing_to_sync_with(params string[] arguments)
    {
        (await _run.RunAsync<ManualBuild>(["Sync", .. arguments])).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("There is no team's state to sync with");
        _run.Output.ShouldContain("--remote git");
    }

    [Fact]
    public async Task What_is_only_here_is_shared_and_what_is_only_there_is_taken_over()
    {
        await (await _remote.OtherAsync()).RegisterAsync(1, "Other");
        await _run.Store.Runs.SaveAsync(
            new() { Id = _run.Store.Runs.NewId(StoredFacts.Start), Pipeline = "Mine", Started = StoredFacts.Start },
            CancellationToken.None);

        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("taken over from the team: 2 facts");
        _run.Output.ShouldContain("shared with the team: 1 fact");
        _run.Output.ShouldContain(", branch mlops/state: answers");
        (await _run.Store.Versions("Other").AllAsync(CancellationToken.None)).ShouldHaveSingleItem();
        _remote.Paths.Count(path => path.StartsWith("runs/", StringComparison.Ordinal)).ShouldBe(2);
        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path)).ShouldBe(0, _run.Output);
        _run.Output.ShouldNotContain("taken over");
        _run.Output.ShouldNotContain("shared with");
    }

    [Fact]
    public async Task The_teams_audit_log_is_packed_when_that_is_asked_for()
    {
        for (var entry = 0; entry < 1_001; entry++)
        {
            await _run.Store.Audit.AppendAsync("ci", "monitor", "Mine/local", $"entry {entry}", [], CancellationToken.None);
        }

        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path, "--pack-audit")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("1 files hold a thousand audit entries each");
        _remote.Paths.Where(path => path.StartsWith("audit/", StringComparison.Ordinal))
            .ShouldBe(["audit/00000.jsonl", "audit/00001/00001001.json"]);
        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path, "--pack-audit")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("the team's audit log is packed already");
        (await (await _remote.OtherAsync()).Audit.ReadAsync(CancellationToken.None)).Count.ShouldBe(1_001);
    }

    [Fact]
    public async Task Looking_and_packing_exclude_each_other()
    {
        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path, "--pack-audit", "--status")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Looking changes nothing, and packing does");
    }

    /// <summary>Who agrees at one machine has agreed for whoever deploys at another.</summary>
    [Fact]
    public async Task Approvals_are_the_teams()
    {
        await (await _remote.OtherAsync()).RegisterAsync(2, nameof(SmallDemand));
        await (await _remote.OtherAsync()).Team!.PublishAsync(CancellationToken.None);

        (await _run.RunAsync<DeployingBuild>("Approve", "v2", "--reason", "fine", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        _remote.Paths.Count(path => path.StartsWith("approvals/", StringComparison.Ordinal)).ShouldBe(1);
        var other = await _remote.OtherAsync();
        var version = await other.Versions(nameof(SmallDemand)).FindAsync(2, CancellationToken.None);
        (await new ApprovalStore(other).OfAsync(nameof(SmallDemand), "local", version!.Bundle, CancellationToken.None))
            .ShouldHaveSingleItem().Reason.ShouldBe("fine");
        (await other.Audit.ReadAsync(CancellationToken.None)).ShouldContain(entry => entry.Action == "approve");
    }

    [Fact]
    public async Task Status_counts_both_sides_by_kind()
    {
        var other = await _remote.OtherAsync();
        await other.RegisterAsync(2, "Other");

        (await _run.RunAsync<ManualBuild>("Sync", "--status", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        var rows = _run.Output.Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        rows.ShouldContain(row => row.SequenceEqual(new[] { "registry", "2", "0", "2" }));
        rows.ShouldContain(row => row.SequenceEqual(new[] { "runs", "2", "0", "2" }));
        _run.Output.ShouldContain("both sides never agreed yet");
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_is_a_failure_that_loses_nothing()
    {
        await _run.Store.RegisterAsync(1);
        _remote.Disconnect();

        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path)).ShouldBe(ExitCodes.TargetBroke, _run.Output);

        _run.Output.ShouldContain("Not everything is shared");
        (await _run.Store.Versions(nameof(SmallDemand)).AllAsync(CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_version_whose_number_was_taken_is_renumbered_and_it_is_said()
    {
        await _run.Store.RegisterAsync(1, "Other");
        var other = await _remote.OtherAsync();
        await other.Blobs.PutAsync("x"u8.ToArray(), CancellationToken.None);
        var bundle = Digest.Of("x");
        await other.Versions("Other")
            .RegisterAsync(number => new(number, bundle, bundle, "run", StoredFacts.Start, true, null), bundle, CancellationToken.None);

        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("Other v1 of this machine is v2 now");
        (await _run.Store.Versions("Other").AllAsync(CancellationToken.None)).Select(version => version.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task At_the_end_of_a_build_what_is_new_is_shared()
    {
        (await _run.RunAsync<LevelTwoBuild>("IngestData", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        _remote.Paths.Count(path => path.StartsWith("runs/", StringComparison.Ordinal)).ShouldBe(1);
        _remote.Paths.Count(path => path.StartsWith("stages/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_remote_that_is_down_does_not_keep_a_build_from_working()
    {
        _remote.Disconnect();

        (await _run.RunAsync<LevelTwoBuild>("IngestData", "--remote", _remote.Path)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("going on with what this machine has");
        _run.Output.ShouldContain("not shared yet: 2 facts");
    }

    [Theory]
    [InlineData("5MB")]
    [InlineData("many")]
    [InlineData("-1")]
    public async Task A_limit_that_is_no_size_is_a_wrong_call(string limit)
    {
        (await _run.RunAsync<ManualBuild>("Sync", "--remote", _remote.Path, $"--blob-limit={limit}")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("--blob-limit");
        _run.Output.ShouldContain($"'{limit}'");
    }
}
