using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class PromotionCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly Roles Team = new(new Dictionary<string, IReadOnlyList<Who>>
    {
        ["release"] = [Who.OnGitHub("ada"), Who.OnGitHub("bob"), Who.OnGitHub("eve")],
    });

    private static readonly EnvironmentPolicy Approved =
        EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release"), count: 2, validFor: TimeSpan.FromDays(3)));

    [Fact]
    public void Without_a_policy_nothing_is_denied() => Denials(EnvironmentPolicy.On("local", _ => { }), Facts("eve")).ShouldBeEmpty();

    [Fact]
    public void Who_is_not_named_may_not_promote() =>
        Denials(EnvironmentPolicy.On("local", e => e.PromotedBy(Who.Role("release"))), Facts("mallory")).ShouldBe([
            "Tiny/local: Not permitted to promote 'github:mallory'; expected role:release (github:ada, github:bob, github:eve). Fix: ask one of them, or change the policy of the environment [MLB5034]",
        ]);

    [Fact]
    public void Everything_that_speaks_against_it_is_told_at_once()
    {
        var policy = EnvironmentPolicy.On("local", e => e
            .PromotedBy(Who.Key("0123456789abcdef"))
            .ApprovedBy(Who.Role("release"))
            .FrozenWeekly(DayOfWeek.Monday, default, DayOfWeek.Friday, default, "UTC", "audit")
            .QuietAfterRollback(TimeSpan.FromHours(1))
            .Requires(VersionRequirement.CompleteCard, VersionRequirement.PassedTests));

        Codes(policy, Facts("ada") with
        {
            LastRollback = Rollback(Now.AddMinutes(-59)),
            Lacks = new Dictionary<VersionRequirement, string> { [VersionRequirement.CompleteCard] = "no owner" },
        }).ShouldBe(["MLB5034", "MLB5036", "MLB5035", "MLB5039", "MLB5037"]);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void It_is_quiet_for_a_while_after_a_rollback(int minutes, bool denied) => (Codes(
        EnvironmentPolicy.On("local", e => e.QuietAfterRollback(TimeSpan.FromHours(1))),
        Facts("ada") with { LastRollback = Rollback(Now.AddMinutes(-minutes)) }) is ["MLB5039"]).ShouldBe(denied);

    [Fact]
    public void Two_different_people_must_approve()
    {
        Codes(Approved, Facts("ada")).ShouldBe(["MLB5036"]);
        Codes(Approved, Facts("ada", By("ada"), By("ada"))).ShouldBe(["MLB5036"]);
        Codes(Approved, Facts("ada", By("ada"), By("bob"))).ShouldBeEmpty();
    }

    [Fact]
    public void It_names_who_approved_already() => Denials(Approved, Facts("ada", By("bob")) with { Maker = new("eve", null) }).Single()
        .ShouldContain("v5 is not approved 'by bob only'; expected 2 of role:release (github:ada, github:bob, github:eve), other than eve, who made it. Fix: ./build.sh Approve v5 --pipeline Tiny --reason");

    [Fact]
    public void Who_made_it_does_not_count_unless_the_policy_says_so()
    {
        var own = EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release"), ownCounts: true));
        var other = EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release")));
        var facts = Facts("ada", By("ada")) with { Maker = new("ada", null) };

        Codes(own, facts).ShouldBeEmpty();
        Codes(other, facts).ShouldBe(["MLB5036"]);
        Codes(other, facts with { Maker = new("bob", null) }).ShouldBeEmpty();
    }

    [Fact]
    public void A_rollback_asks_only_who_it_is()
    {
        var policy = EnvironmentPolicy.On("local", e => e
            .RolledBackBy(Who.Role("release"))
            .FrozenWeekly(DayOfWeek.Monday, default, DayOfWeek.Friday, default, "UTC", "audit")
            .ApprovedBy(Who.Role("release")));

        PromotionCheck.DenialOfRollback(policy, "Tiny", Person("ada"), Team).ShouldBeNull();
        PromotionCheck.DenialOfRollback(policy, "Tiny", Person("mallory"), Team)!.What.ShouldBe("Not permitted to roll back");
    }

    [Fact]
    public void An_approval_that_would_not_count_is_not_taken()
    {
        OfApproval("ada", "bob").ShouldBeNull();
        OfApproval("ada", "ada")!.Code.ShouldBe("MLB5038");
        OfApproval("mallory", "bob")!.Code.ShouldBe("MLB5034");
        OfApproval("ada", null)!.What.ShouldBe("Nobody knows who made it");
    }

    /// <summary>Whoever made it may find the fault first.</summary>
    [Fact]
    public void Whoever_may_approve_or_made_it_may_take_approvals_back()
    {
        OfApproval("ada", "bob", withdraws: true).ShouldBeNull();
        OfApproval("ada", "ada", withdraws: true).ShouldBeNull();
        OfApproval("carl", "carl", withdraws: true).ShouldBeNull();
        OfApproval("mallory", "carl", withdraws: true)!.Code.ShouldBe("MLB5034");
        OfApproval("mallory", null, withdraws: true)!.Code.ShouldBe("MLB5034");
    }

    [Fact]
    public void A_key_that_is_nobodys_whose_word_counts_is_told_with_what_to_do()
    {
        var rule = Approved.Approval!;
        var approver = Approver.Of("ada", [Who.OnGitHub("ada")], "0123456789abcdef", rule, Team);

        var denial = PromotionCheck.DenialOfApproval(Approved, "Tiny", new("bob", null), approver, false, Team)!;

        (denial.Code, denial.Value).ShouldBe(("MLB5044", "key:0123456789abcdef"));
        denial.Fix!.ShouldContain("vouchedBy");
    }

    [Fact]
    public void A_freeze_whose_clock_nobody_knows_holds() => Codes(
        EnvironmentPolicy.On("local", e => e.Frozen(default, new(2000, 1, 1), "Mars/Olympus_Mons", "dust")), Facts("ada"))
        .ShouldBe(["MLB5045"]);

    [Fact]
    public void Every_requirement_has_a_cure()
    {
        foreach (var requirement in Enum.GetValues<VersionRequirement>())
        {
            PromotionCheck.DenialsOf(
                EnvironmentPolicy.On("local", e => e.Requires(requirement)),
                Facts("ada") with { Lacks = new Dictionary<VersionRequirement, string> { [requirement] = "why" } })
                .Single().Fix.ShouldNotBeNullOrEmpty();
        }
    }

    private static Finding? OfApproval(string login, string? maker, bool withdraws = false) => PromotionCheck.DenialOfApproval(
        Approved, "Tiny", new(maker, null), Approver.Of(login, [Who.OnGitHub(login)], null, Approved.Approval!, Team), withdraws, Team);

    private static Identity Person(string login) => new(login, [Who.OnGitHub(login)]);

    private static PromotionFacts Facts(string login, params Approval[] approvals) =>
        new("Tiny", 5, Now, Person(login), Team) { Approvals = approvals, Maker = new("carl", null) };

    private static Approval By(string login) => new()
    {
        Id = "1", Pipeline = "Tiny", Environment = "local", Bundle = Digest.Of("bundle"), Actor = login, Names = [$"github:{login}"],
        Reason = "looks good", At = Now.AddDays(-1), Until = Now.AddDays(2),
    };

    private static AliasMove Rollback(DateTimeOffset at) => new("champion", 4, 3, AliasMoveKind.Rollback, at, "ada", "complaints");

    private static List<string> Denials(EnvironmentPolicy policy, PromotionFacts facts) =>
        [.. PromotionCheck.DenialsOf(policy, facts).Select(denial => denial.ToString())];

    private static List<string> Codes(EnvironmentPolicy policy, PromotionFacts facts) =>
        [.. PromotionCheck.DenialsOf(policy, facts).Select(denial => denial.Code)];
}
