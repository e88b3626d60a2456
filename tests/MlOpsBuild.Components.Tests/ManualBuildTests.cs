using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Tests;

/// <summary>What every build can do, of any level.</summary>
public sealed class ManualBuildTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Looking_changes_nothing_in_the_store()
    {
        await _run.RunAsync<ManualBuild>("Status");
        await _run.RunAsync<ManualBuild>("Maturity");
        await _run.RunAsync<ManualBuild>("Stop");

        Directory.GetFileSystemEntries(Path.Combine(_run.Root, ".mlops")).Select(Path.GetFileName).ShouldBe(["last-run.json"]);
    }

    [Fact]
    public async Task A_whole_audit_log_holds_and_a_changed_one_does_not()
    {
        await _run.Store.Runs.SaveAsync(
            new() { Id = "run", Pipeline = "Other", Started = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        await _run.Store.Audit.AppendAsync("ann", "deploy", "Tiny/local", "better", [], CancellationToken.None);
        await _run.Store.Audit.AppendAsync("bob", "rollback", "Tiny/local", "worse", [], CancellationToken.None);
        (await _run.RunAsync<ManualBuild>("VerifyAudit")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("the audit chain holds: 2 entries");
        var log = Path.Combine(_run.Root, ".mlops", "audit.jsonl");
        File.WriteAllText(log, File.ReadAllText(log).Replace("ann", "eve", StringComparison.Ordinal));

        (await _run.RunAsync<ManualBuild>("VerifyAudit")).ShouldBe(ExitCodes.GateSaidNo);

        _run.Output.ShouldContain("entry 1");
    }

    [Fact]
    public async Task It_has_no_targets_of_higher_levels()
    {
        (await _run.RunAsync<ManualBuild>("Train")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Unknown target 'Train'");
    }
}
