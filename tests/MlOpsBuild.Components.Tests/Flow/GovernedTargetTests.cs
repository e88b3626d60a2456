using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What a policy asks of whoever acts, from the command line on.</summary>
public sealed class GovernedTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public GovernedTargetTests()
    {
        Directory.CreateDirectory(Path.Combine(_run.Root, ".nuke"));
        Roles("""{ "release": ["local:ada", "local:bob"] }""");
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Who_may_not_roll_back_is_told_who_may_and_the_attempt_is_kept()
    {
        await ServeAsync();
        As("eve");

        (await _run.RunAsync<GovernedBuild>("Rollback", "--reason", "let me")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);

        _run.Output.ShouldContain("Not permitted to roll back 'local:eve'; expected role:release (local:ada, local:bob)");
        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Actor, entry.Action, entry.Subject).ShouldBe(("eve", "denied", "SmallDemand/local"));
        (entry.Details["act"], entry.Details["as"], entry.Details["codes"]).ShouldBe(("rollback", "local:eve", "MLB5034"));
        (await _run.Store.Versions(nameof(SmallDemand)).ResolveAsync("champion", CancellationToken.None))!.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Who_may_roll_back_gets_past_the_policy()
    {
        await ServeAsync();
        As("ada");

        await _run.RunAsync<GovernedBuild>("Rollback", "--reason", "let me");

        _run.Output.ShouldNotContain("Not permitted");
        (await AuditAsync()).ShouldNotContain(entry => entry.Action == DeniedAct.Action);
    }

    [Fact]
    public async Task Roles_that_cannot_be_read_let_nobody_through()
    {
        await ServeAsync();
        As("ada");
        Roles("{");

        (await _run.RunAsync<GovernedBuild>("Rollback", "--reason", "let me")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("Roles cannot be read");
    }

    /// <summary>A rollback waits for no file that it does not need.</summary>
    [Fact]
    public async Task Roles_that_cannot_be_read_hold_nobody_up_who_is_named_directly()
    {
        await ServeAsync();
        As("ops");
        Roles("{");

        await _run.RunAsync<OnCallBuild>("Rollback", "--reason", "let me");

        _run.Output.ShouldNotContain("Roles");
        _run.Output.ShouldNotContain("Not permitted");
    }

    /// <summary>Containers are found by the engine, whoever started them: this machine need not remember one.</summary>
    [Fact]
    public async Task Who_may_not_roll_back_may_not_end_containers_either()
    {
        await ServeAsync();
        As("eve");

        (await _run.RunAsync<OnCallBuild>("Stop", "--environment", "docker")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);

        _run.Output.ShouldContain("Not permitted to roll back 'local:eve'");
    }

    [Fact]
    public async Task Two_policies_of_one_environment_are_a_wrong_build()
    {
        (await _run.RunAsync<DoublyGovernedBuild>("Status")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("Two policies of one environment");
    }

    [Fact]
    public async Task Policies_that_would_not_be_obeyed_are_a_wrong_build()
    {
        (await _run.RunAsync<UngovernedBuild>("Status")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("Policies that nobody would obey");
    }

    [Fact]
    public async Task A_version_is_denied_with_every_reason_until_the_policy_is_met()
    {
        As("eve");
        (await _run.RunAsync<GovernedBuild>("Package", "--no-image")).ShouldBe(0, _run.Output);

        (await _run.RunAsync<GovernedBuild>("Deploy", "--model-version", "1")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);
        _run.Output.ShouldContain("Not permitted to promote 'local:eve'");
        _run.Output.ShouldContain("v1 is not approved 'by nobody'; expected 1 of role:release (local:ada, local:bob), other than eve, who made it");
        _run.Output.ShouldContain("'its card lacks Owner, IntendedUse, OutOfScope, Limits'; expected CompleteCard");
        _run.Output.ShouldContain("'nobody is trusted: there is no key in .nuke/keys'; expected SignedOrigin");
        _run.Output.ShouldContain("'its commit is not known'; expected ReviewedCommit");
        _run.Output.ShouldContain("its pipeline declares no test of its behaviour: .Behaviour(…)'; expected PassedTests");
        (await AuditAsync()).ShouldHaveSingleItem().Action.ShouldBe(DeniedAct.Action);

        As("bob");
        (await _run.RunAsync<GovernedBuild>("Approve", "v1", "--reason", "shadow looked good")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<GovernedBuild>("Deploy", "--model-version", "1", "--dry-run")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("it would be denied: ");
        _run.Output.ShouldNotContain("is not approved");
        _run.Output.ShouldNotContain("Not permitted");
    }

    private void As(string user) => _run.Environment["USER"] = user;

    private void Roles(string text) => File.WriteAllText(Path.Combine(_run.Root, Delivery.Governance.Roles.File), text);

    private Task<IReadOnlyList<AuditEntry>> AuditAsync() => _run.Store.Audit.ReadAsync(CancellationToken.None);

    private async Task ServeAsync()
    {
        await _run.Store.RegisterAsync(2);
        _run.Store.Move(1, null, 1, 2);
        _run.Store.Move(2, 1, 2, 5);
    }
}
