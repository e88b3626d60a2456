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
    public void It_names_who_approved_already() => Denials(Approved, Facts("ada", By("bob")) with { Maker = "eve" }).Single()
        .ShouldContain("v5 is not approved 'by bob only'; expected 2 of role:release (github:ada, github:bob, github:eve), other than eve, who made it. Fix: ./build.sh Approve v5 --pipeline Tiny --reason");

    [Fact]
    public void Who_made_it_does_not_count_unless_the_policy_says_so()
    {
        var own = EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release"), ownCounts: true));
        var other = EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Role("release")));
        var facts = Facts("ada", By("ada")) with { Maker = "ada" };

        Codes(own, facts).ShouldBeEmpty();
        Codes(other, facts).ShouldBe(["MLB5036"]);
        Codes(other, facts with { Maker = "bob" }).ShouldBeEmpty();
    }

    [Fact]
    public void Approvals_run_out() => Codes(Approved, Facts("ada", By("ada"), By("bob") with { Until = Now })).ShouldBe(["MLB5036"]);

    [Fact]
    public void Approvals_of_those_who_are_not_named_do_not_count() =>
        Codes(Approved, Facts("ada", By("ada"), By("mallory"))).ShouldBe(["MLB5036"]);

    [Fact]
    public void What_was_taken_back_does_not_count_until_it_is_given_again()
    {
        var withdrawal = By("eve") with { Withdraws = true };

        Codes(Approved, Facts("ada", By("ada"), By("bob"), withdrawal)).ShouldBe(["MLB5036"]);
        Codes(Approved, Facts("ada", By("ada"), By("bob"), withdrawal, By("bob"))).ShouldBe(["MLB5036"]);
        Codes(Approved, Facts("ada", By("ada"), By("bob"), withdrawal, By("bob"), By("ada"))).ShouldBeEmpty();
    }

    [Fact]
    public void Somebody_without_the_right_takes_nothing_back() =>
        Codes(Approved, Facts("ada", By("ada"), By("bob"), By("mallory") with { Withdraws = true })).ShouldBeEmpty();

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
        PromotionCheck.DenialOfApproval(Approved, "Tiny", "bob", Person("ada"), Team).ShouldBeNull();
        PromotionCheck.DenialOfApproval(Approved, "Tiny", "ada", Person("ada"), Team)!.Code.ShouldBe("MLB5038");
        PromotionCheck.DenialOfApproval(Approved, "Tiny", "bob", Person("mallory"), Team)!.Code.ShouldBe("MLB5034");
    }

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

    private static Identity Person(string login) => new(login, [Who.OnGitHub(login)]);

    private static PromotionFacts Facts(string login, params Approval[] approvals) =>
        new("Tiny", 5, Now, Person(login), Team) { Approvals = approvals };

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
