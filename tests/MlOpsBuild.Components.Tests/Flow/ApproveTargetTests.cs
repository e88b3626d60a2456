using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class ApproveTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public ApproveTargetTests()
    {
        Directory.CreateDirectory(Path.Combine(_run.Root, ".nuke"));
        File.WriteAllText(Path.Combine(_run.Root, Roles.File), """{ "release": ["local:ada", "local:ann"] }""");
        _run.Environment["USER"] = "ada";
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_approval_is_kept_with_who_why_and_until_when()
    {
        await _run.Store.RegisterAsync(2);

        (await _run.RunAsync<GovernedBuild>("Approve", "v2", "--reason", "shadow looked good")).ShouldBe(0, _run.Output);

        _run.Output.ShouldMatch(@"SmallDemand/local v2: approved by ada until \d{4}-\d\d-\d\d \d\d:\d\d UTC");
        _run.Output.ShouldContain("approved by ada: ./build.sh Deploy --pipeline SmallDemand --model-version 2");
        var approval = (await ApprovalsAsync(2)).ShouldHaveSingleItem();
        (approval.Actor, approval.Reason, approval.Withdraws, approval.Until - approval.At)
            .ShouldBe(("ada", "shadow looked good", false, TimeSpan.FromDays(3)));
        approval.Names.ShouldBe(["local:ada"]);
        (await ApprovalsAsync(1)).ShouldBeEmpty();
        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Actor, entry.Action, entry.Subject, entry.Reason, entry.Details["version"])
            .ShouldBe(("ada", "approve", "SmallDemand/local", "shadow looked good", "v2"));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("90", 3)]
    public async Task It_holds_no_longer_than_the_policy_says(string wanted, int days)
    {
        await _run.Store.RegisterAsync(1);

        (await _run.RunAsync<GovernedBuild>("Approve", "v1", "--reason", "fine", "--valid-days", wanted)).ShouldBe(0, _run.Output);

        var approval = (await ApprovalsAsync(1)).Single();
        (approval.Until - approval.At).ShouldBe(TimeSpan.FromDays(days));
    }

    [Fact]
    public async Task It_can_be_taken_back()
    {
        await _run.Store.RegisterAsync(1);
        await _run.RunAsync<GovernedBuild>("Approve", "v1", "--reason", "fine");

        (await _run.RunAsync<GovernedBuild>("Approve", "v1", "--withdraw", "--reason", "found a leak")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("SmallDemand/local v1: approvals so far are taken back by ada");
        _run.Output.ShouldContain("0 of 1 approvals; role:release (local:ada, local:ann) may give them");
        (await AuditAsync()).Select(entry => entry.Action).ShouldBe(["approve", "withdraw approval"]);
    }

    [Theory]
    [InlineData("eve", "Not permitted to approve 'local:eve'")]
    [InlineData("ann", "Nobody approves what they made 'local:ann'")]
    public async Task Whose_word_does_not_count_is_denied_and_the_attempt_is_kept(string user, string told)
    {
        await _run.Store.RegisterAsync(1);
        _run.Environment["USER"] = user;

        (await _run.RunAsync<GovernedBuild>("Approve", "v1", "--reason", "fine")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);

        _run.Output.ShouldContain(told);
        (await ApprovalsAsync(1)).ShouldBeEmpty();
        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Actor, entry.Action, entry.Details["act"], entry.Details["version"]).ShouldBe((user, "denied", "approve", "v1"));
    }

    [Theory]
    [InlineData("Which version?", "Approve", "--reason", "fine")]
    [InlineData("No version is called that", "Approve", "v9", "--reason", "fine")]
    [InlineData("Several versions are called that", "Approve", "v1", "--reason", "fine")]
    [InlineData("An approval that never holds", "Approve", "SmallDemand-v1", "--reason", "fine", "--valid-days", "0")]
    [InlineData("needs --reason", "Approve", "SmallDemand-v1")]
    [InlineData("No such environment", "Approve", "SmallDemand-v1", "--reason", "fine", "--environment", "moon")]
    public async Task A_wrong_call_says_what_is_missing(string told, params string[] arguments)
    {
        await _run.Store.RegisterAsync(1);
        await _run.Store.RegisterAsync(1, "Other");

        (await _run.RunAsync<GovernedBuild>(arguments)).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain(told);
        (await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_policy_it_is_kept_and_said_that_nothing_waits_for_it()
    {
        await _run.Store.RegisterAsync(1);

        (await _run.RunAsync<DeployingBuild>("Approve", "v1", "--reason", "fine")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("No policy asks for approvals on 'local'");
        (await ApprovalsAsync(1)).ShouldHaveSingleItem();
    }

    private Task<IReadOnlyList<AuditEntry>> AuditAsync() => _run.Store.Audit.ReadAsync(CancellationToken.None);

    private async Task<IReadOnlyList<Approval>> ApprovalsAsync(int number)
    {
        var version = await _run.Store.Versions(nameof(SmallDemand)).FindAsync(number, CancellationToken.None);
        return await new ApprovalStore(_run.Store).OfAsync(nameof(SmallDemand), "local", version!.Bundle, CancellationToken.None);
    }
}
