using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using static MlOpsBuild.Delivery.Canary.Tests.Counted;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>A first deployment has no baseline: each rate needs an upper bound under the tolerated one.</summary>
public sealed class CanaryJudgeAloneTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Enough_requests_without_events_promote()
    {
        var look = Look(Arm(300));

        look.Decision.ShouldBe(CanaryDecision.Promote);
        look.Reason.ShouldBe("no rate of bad events above 1%: at most 0.99% (Error, 0 of 300)");
        (look.CanaryPercent, look.BaselineRequests).ShouldBe((100, 0));
    }

    [Fact]
    public void Too_few_requests_continue_even_when_the_bound_would_do() =>
        Look(Arm(200), new() { ToleratedRate = 0.05 }).Decision.ShouldBe(CanaryDecision.Continue);

    [Fact]
    public void A_bound_above_the_tolerated_rate_waits_for_more_requests()
    {
        var look = Look(Arm(400, 0, (BadEvent.Slow, 3)));

        look.Decision.ShouldBe(CanaryDecision.Continue);
        look.Reason.ShouldStartWith("400 requests: the bound on Slow is ");
    }

    [Theory]
    [InlineData(BadEvent.Error)]
    [InlineData(BadEvent.Slow)]
    [InlineData(BadEvent.ContractViolation)]
    public void A_rate_still_too_high_when_the_budget_is_used_rolls_back(BadEvent kind)
    {
        var look = Look(Arm(8000, 0, (kind, 200)));

        look.Decision.ShouldBe(CanaryDecision.Rollback);
        look.Reason.ShouldStartWith($"{kind}: 200 of 8000, upper bound ");
        look.Reason.ShouldEndWith("above the tolerated 1%");
    }

    [Fact]
    public void Labels_are_not_judged_without_something_to_compare_with() =>
        Look(Arm(1000, 1000, (BadEvent.TooHigh, 900))).Decision.ShouldBe(CanaryDecision.Promote);

    private static CanaryLook Look(ArmCounts counts, CanaryPolicy? policy = null) => new CanaryJudge(policy ?? new()).LookAlone(counts, At);
}
