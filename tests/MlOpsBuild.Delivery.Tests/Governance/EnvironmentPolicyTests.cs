using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class EnvironmentPolicyTests
{
    private static readonly DateTimeOffset Saturday = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_words_anybody_may_do_anything()
    {
        var policy = EnvironmentPolicy.On("local", _ => { });

        (policy.Promoters, policy.RollbackBy, policy.Approval).ShouldBe((policy.Promoters, policy.RollbackBy, null));
        policy.Promoters.ShouldBe([Who.Anyone]);
        policy.RollbackBy.ShouldBe([Who.Anyone]);
        policy.Describe(Roles.None, Saturday).ShouldBeEmpty();
    }

    [Fact]
    public void It_is_told_in_words()
    {
        var policy = EnvironmentPolicy.On("docker", e => e
            .PromotedBy(Who.Ci("acme/shop", "main"))
            .RolledBackBy(Who.Role("release"), Who.Local("ada"))
            .ApprovedBy(Who.Role("release"), count: 2, validFor: TimeSpan.FromHours(36))
            .FrozenWeekly(DayOfWeek.Friday, new(16, 0), DayOfWeek.Monday, new(8, 0), "Europe/Berlin", "weekend")
            .Frozen(new(2026, 12, 20), new(2027, 1, 4), "Europe/Berlin", "holidays")
            .QuietAfterRollback(TimeSpan.FromHours(2))
            .Requires(VersionRequirement.CompleteCard, VersionRequirement.SignedOrigin)
            .Requires(VersionRequirement.SignedOrigin));

        policy.Describe(Roles.None, Saturday).ShouldBe([
            "promoted by ci:acme/shop@main",
            "rolled back by role:release (nobody: .nuke/roles.json does not list it) or local:ada",
            "approved by 2 of role:release (nobody: .nuke/roles.json does not list it), for 1.5 days",
            "frozen until 2026-11-30 08:00 Europe/Berlin (weekend)",
            "quiet for 120 minutes after a rollback",
            "a version needs: CompleteCard, SignedOrigin",
        ]);
    }

    [Fact]
    public void Everything_that_cannot_hold_is_told_at_once()
    {
        var problems = Should.Throw<UsageException>(() => EnvironmentPolicy.On("local", e => e
            .PromotedBy()
            .ApprovedBy(Who.Anyone, count: 0)
            .FrozenWeekly(DayOfWeek.Friday, new(16, 0), DayOfWeek.Friday, new(16, 0), "Europe/Berlin", "never")
            .Frozen(new(2027, 1, 4), new(2026, 12, 20), "Mars/Olympus", "holidays"))).Findings;

        problems.Select(problem => problem.Where).ShouldBe([
            """EnvironmentPolicy.On("local"), PromotedBy""", """EnvironmentPolicy.On("local"), ApprovedBy""",
            """EnvironmentPolicy.On("local"), FrozenWeekly""", """EnvironmentPolicy.On("local"), Frozen""",
        ]);
        problems[^1].Value.ShouldBe("2026-12-20 00:00");
    }
}
