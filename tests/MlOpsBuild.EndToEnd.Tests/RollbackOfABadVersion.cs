using System.Diagnostics;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>v2 took over and turns out to be bad; v1 is to be back at once.</summary>
public sealed class RollbackOfABadVersion(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task Traffic_is_back_within_a_second()
    {
        var deployed = await Checkout.DeployTwiceAsync();
        using var client = new OutsideClient(deployed.Address);
        await Task.Delay(300);

        // What the machine needs to start a command at this moment, busy or not, is not the rollback's.
        var start = (await Checkout.RunAsync("Status")).Expect(0).Took;
        var started = Stopwatch.GetTimestamp();
        var rolledBack = (await Checkout.RunAsync("Rollback", "--reason", "too many complaints")).Expect(0);
        await Task.Delay(300);

        var answers = await client.EndAsync();
        OutsideClient.LastOf(answers, version: 2, started).ShouldBeLessThan(TimeSpan.FromSeconds(1) + (2 * start));
        answers[^1].Version.ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == 200);
        rolledBack.Output.ShouldContain("v1 serves again instead of v2");
        (await Checkout.ChampionAsync()).ShouldBe(1);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task The_reason_stays_in_an_unbroken_audit_log()
    {
        await Checkout.DeployTwiceAsync();

        (await Checkout.RunAsync("Rollback", "--reason", "too many complaints")).Expect(0);

        var entry = (await Checkout.AuditAsync())[^1];
        entry.Action.ShouldBe("rollback");
        entry.Reason.ShouldBe("too many complaints");
        entry.Details["from"].ShouldBe("v2");
        entry.Details["to"].ShouldBe("v1");
        (await Checkout.RunAsync("VerifyAudit")).Expect(0).Output.ShouldContain("the audit chain holds");
    }

    [Fact]
    public async Task Without_a_version_to_go_back_to_nothing_is_done()
    {
        (await Checkout.RunAsync("Rollback", "--reason", "none")).Expect(2).Output.ShouldContain("no version to go back to");
        await Checkout.DeployAsync();
        var servers = Checkout.Processes();

        var refused = (await Checkout.RunAsync("Rollback", "--reason", "none")).Expect(2);

        refused.Output.ShouldContain("no version to go back to");
        Checkout.Processes().ShouldBe(servers);
        (await Checkout.ChampionAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task In_the_middle_of_a_canary_it_withdraws_the_canary()
    {
        await Checkout.DeployAsync("--set", Checkout.Weaker);
        var servers = Checkout.Processes();
        using var build = Checkout.Start("Train", "Deploy");
        await build.UntilAsync(" 5 %  canary");

        (await Checkout.RunAsync("Rollback", "--reason", "looks bad")).Expect(0).Output.ShouldContain("withdrawn");

        (await build.EndAsync()).Expect(3).Output.ShouldContain("v2 Withdrawn");
        Checkout.Processes().ShouldBe(servers);
        (await Checkout.ChampionAsync()).ShouldBe(1);
        (await Checkout.RunAsync("History")).Expect(0).Output.ShouldMatch(@"canary\s.*\sv2\s.*Withdrawn.*looks bad");
        (await Checkout.RunAsync("Train", "Deploy")).Expect(3).Output.ShouldContain("--again");
        (await Checkout.AuditAsync()).ShouldContain(entry => entry.Action == "withdraw" && entry.Reason == "looks bad");
    }

    [Fact]
    public async Task A_reason_must_be_given() =>
        (await Checkout.RunAsync("Rollback")).Expect(2).Output.ShouldContain("--reason");
}
