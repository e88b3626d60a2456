using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class ApprovalTallyTests
{
    private const string AdasKey = "aaaaaaaaaaaaaaaa";
    private const string BobsKey = "bbbbbbbbbbbbbbbb";
    private const string ServersKey = "cccccccccccccccc";
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly VersionMaker Carl = new("carl", null);

    private static readonly ApprovalRule Rule = new(2, [Who.Role("release")], TimeSpan.FromDays(3), OwnCounts: false)
    {
        VouchedBy = [Who.Key(ServersKey)],
    };

    private static readonly Roles Team = new(new Dictionary<string, IReadOnlyList<Who>>
    {
        ["release"] =
        [
            Who.OnGitHub("ada"), Who.OnGitHub("bob"), Who.OnGitHub("eve"), Who.Local("ada"), Who.Local("bob"), Who.Key(AdasKey),
            Who.Key(BobsKey),
        ],
    });

    [Fact]
    public void Approvals_run_out() => Counted(By("ada"), By("bob") with { Until = Now }).ShouldBe(["ada"]);

    /// <summary>Whoever writes the file says until when; the rule says how long at most.</summary>
    [Fact]
    public void None_holds_longer_than_the_rule_lets_it_nor_before_it_was_given()
    {
        Counted(By("ada") with { At = Now.AddDays(-3), Until = Now.AddYears(10) }).ShouldBeEmpty();
        Counted(By("ada") with { At = Now.AddDays(1), Until = Now.AddDays(2) }).ShouldBeEmpty();
    }

    [Fact]
    public void Approvals_of_those_who_are_not_named_do_not_count() => Counted(By("ada"), By("mallory")).ShouldBe(["ada"]);

    [Fact]
    public void What_was_taken_back_does_not_count_until_it_is_given_again()
    {
        var withdrawal = By("eve") with { Withdraws = true };

        Counted(By("ada"), By("bob"), withdrawal).ShouldBeEmpty();
        Counted(By("ada"), By("bob"), withdrawal, By("bob")).ShouldBe(["bob"]);
        Counted(By("ada"), By("bob"), withdrawal, By("bob"), By("ada")).ShouldBe(["bob", "ada"]);
    }

    /// <summary>Who left the role since was right to warn all the same.</summary>
    [Fact]
    public void A_withdrawal_stands_whoever_gave_it() => Counted(By("ada"), By("left") with { Withdraws = true }).ShouldBeEmpty();

    [Fact]
    public void One_who_is_known_by_several_names_is_one_person()
    {
        Counted(By("ada"), By("ada")).Count.ShouldBe(1);
        Counted(By("ada"), By("bob") with { Names = ["github:bob", "github:ada"] }).Count.ShouldBe(1);
        Counted(By("ada"), By("bob"), By("eve") with { Names = ["github:ada", "github:bob"] }).Count.ShouldBe(1);
        Counted(By("ADA"), By("ada") with { Names = ["local:ada"] }).Count.ShouldBe(1);
    }

    [Fact]
    public void Whoever_made_it_does_not_count_by_any_of_their_names()
    {
        Counted(new VersionMaker("Ada", null), By("ada"), By("bob")).ShouldBe(["bob"]);
        Counted(new VersionMaker("ada", null), By("x") with { Names = ["github:ada"] }).ShouldBeEmpty();
    }

    [Fact]
    public void Where_nobody_knows_who_made_it_nothing_counts_unless_their_own_word_would()
    {
        Counted(VersionMaker.Unknown, By("ada"), By("bob")).ShouldBeEmpty();
        ApprovalTally.Counting(Rule with { OwnCounts = true }, [By("ada")], VersionMaker.Unknown, Team, Now).Count.ShouldBe(1);
    }

    /// <summary>A name costs nothing; a key cannot be claimed.</summary>
    [Fact]
    public void A_key_is_one_person_whatever_names_it_gives()
    {
        Counted(Signed("ada", AdasKey), Signed("bob", AdasKey)).Count.ShouldBe(1);
        Counted(Signed("ada", AdasKey), Signed("bob", BobsKey)).ShouldBe(["ada", "bob"]);
        Counted(Signed("ada", "dddddddddddddddd")).ShouldBeEmpty();
        Counted(new VersionMaker("carl", AdasKey), Signed("eve", AdasKey), Signed("bob", BobsKey)).ShouldBe(["bob"]);
    }

    [Fact]
    public void A_build_servers_key_signs_for_whoever_asks_and_is_nobody_itself()
    {
        Counted(Signed("ada", ServersKey), Signed("bob", ServersKey)).ShouldBe(["ada", "bob"]);
        Counted(Signed("x", ServersKey) with { Names = [$"key:{AdasKey}", "anyone", "role:release"] }).ShouldBeEmpty();
        Counted(new VersionMaker("ada", ServersKey), Signed("ada", ServersKey), Signed("bob", ServersKey)).ShouldBe(["bob"]);
        Counted(Signed("ada", ServersKey), Signed("ada", AdasKey)).Count.ShouldBe(1);
    }

    /// <summary>The build server signs what people push; who approves by a key of their own may be one of them.</summary>
    [Fact]
    public void Whoever_pushed_what_the_build_server_made_does_not_approve_it_by_a_key_of_their_own()
    {
        Counted(new VersionMaker("ada", "dddddddddddddddd"), Signed("ada", AdasKey)).ShouldBeEmpty();

        // Not even under another name, where the roles say whose key it is.
        var roles = Team with { People = [[Who.OnGitHub("ada"), Who.Key(AdasKey)]] };
        ApprovalTally.Counting(Rule, [Signed("x", AdasKey)], new("ada", "dddddddddddddddd"), roles, Now).ShouldBeEmpty();
        ApprovalTally.Counting(Rule, [Signed("x", BobsKey)], new("ada", "dddddddddddddddd"), roles, Now).Count.ShouldBe(1);
    }

    [Fact]
    public void Names_that_the_roles_call_one_persons_count_once()
    {
        var roles = Team with { People = [[Who.OnGitHub("ada"), Who.Key(AdasKey)]] };

        ApprovalTally.Counting(Rule, [Signed("ada-cli", AdasKey), Signed("ada", ServersKey)], Carl, roles, Now).Count.ShouldBe(1);
        ApprovalTally.Counting(Rule, [Signed("ada-cli", AdasKey), Signed("bob", ServersKey)], Carl, roles, Now).Count.ShouldBe(2);
    }

    /// <summary>Everybody who starts the build server by hand is also that.</summary>
    [Fact]
    public void Two_people_at_one_build_server_are_two() =>
        Counted(
            By("ada") with { Names = ["github:ada", "ci:acme/shop@main"] }, By("bob") with { Names = ["github:bob", "ci:acme/shop@main"] })
            .Count.ShouldBe(2);

    private static IReadOnlyList<string> Counted(params Approval[] approvals) => Counted(Carl, approvals);

    private static IReadOnlyList<string> Counted(VersionMaker maker, params Approval[] approvals) =>
        [.. ApprovalTally.Counting(Rule, approvals, maker, Team, Now).Select(approval => approval.Actor)];

    private static Approval Signed(string login, string key) => By(login) with { Signature = new Signature(key, "") };

    private static Approval By(string login) => new()
    {
        Id = "1", Pipeline = "Tiny", Environment = "local", Bundle = Digest.Of("bundle"), Actor = login, Names = [$"github:{login}"],
        Reason = "looks good", At = Now.AddDays(-1), Until = Now.AddDays(2),
    };
}
