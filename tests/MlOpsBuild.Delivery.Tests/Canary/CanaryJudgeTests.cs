using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using static MlOpsBuild.Delivery.Canary.Tests.Counted;

namespace MlOpsBuild.Delivery.Canary.Tests;

public sealed class CanaryJudgeTests
{
    private static readonly DateTimeOffset At1 = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(BadEvent.Error)]
    [InlineData(BadEvent.Slow)]
    [InlineData(BadEvent.ContractViolation)]
    [InlineData(BadEvent.TooHigh)]
    [InlineData(BadEvent.TooLow)]
    public void Bad_events_of_any_kind_in_the_canary_alone_roll_it_back_with_numbers(BadEvent kind)
    {
        var look = Look([At(50, Arm(400, 400), Arm(400, 400, (kind, 30)))], lastStep: false);

        look.Decision.ShouldBe(CanaryDecision.Rollback);
        look.Reason.ShouldStartWith($"{kind}: 30 of 400 in the canary against 0 of 400; e-value ");
        look.Reason.ShouldEndWith("≥ 100");
    }

    [Theory]
    [InlineData(BadEvent.Error)]
    [InlineData(BadEvent.TooLow)]
    public void Bad_events_that_hit_both_alike_roll_nothing_back(BadEvent kind) =>
        Look([At(50, Arm(1000, 1000, (kind, 200)), Arm(1000, 1000, (kind, 200)))], lastStep: false).Decision.ShouldBe(CanaryDecision.Continue);

    [Fact]
    public void Fewer_than_four_events_never_roll_back_however_telling()
    {
        // At a weight of 1 % three events in the canary are worth more than 1/α, and still only three.
        var three = Look([At(1, Arm(5000), Arm(50, 0, (BadEvent.Error, 3)))], lastStep: false);
        var four = Look([At(1, Arm(5000), Arm(50, 0, (BadEvent.Error, 4)))], lastStep: false);

        three.Metrics.Single(metric => metric.Event == BadEvent.Error).LogHarm.ShouldBeGreaterThan(Math.Log(100));
        three.Decision.ShouldBe(CanaryDecision.Continue);
        four.Decision.ShouldBe(CanaryDecision.Rollback);
    }

    [Fact]
    public void A_broken_split_is_inconclusive_and_never_promoted()
    {
        var look = Look([At(50, Arm(1000), Arm(3000))], lastStep: true);

        look.Decision.ShouldBe(CanaryDecision.Inconclusive);
        look.Reason.ShouldStartWith("the split is broken: 3000 of 4000 requests reached the canary");
    }

    [Fact]
    public void Harm_is_told_before_a_broken_split() =>
        Look([At(50, Arm(1000), Arm(3000, 0, (BadEvent.Error, 500)))], lastStep: true).Decision.ShouldBe(CanaryDecision.Rollback);

    [Fact]
    public void Too_few_canary_requests_are_not_enough_to_promote()
    {
        var look = Look([At(50, Arm(299), Arm(299))], lastStep: true, new() { ToleratedRate = 0.02 });

        look.Decision.ShouldBe(CanaryDecision.Continue);
        look.Reason.ShouldBe("299 of at least 300 canary requests");
    }

    [Fact]
    public void It_promotes_at_the_last_step_and_never_before()
    {
        EpochCounts[] healthy = [At(50, Arm(1000), Arm(1000))];

        Look(healthy, lastStep: true).Decision.ShouldBe(CanaryDecision.Promote);
        Look(healthy, lastStep: true).Reason.ShouldBe("no metric is worse by 2 times or more, after 1000 canary requests");
        Look(healthy, lastStep: false).Decision.ShouldBe(CanaryDecision.Continue);
        Look(healthy, lastStep: false).Reason.ShouldBe("further steps to come");
    }

    [Fact]
    public void Common_events_are_promoted_only_once_the_margin_is_ruled_out()
    {
        var early = Look([At(50, Arm(400, 0, (BadEvent.Slow, 20)), Arm(400, 0, (BadEvent.Slow, 20)))], lastStep: true);
        var late = Look([At(50, Arm(3000, 0, (BadEvent.Slow, 150)), Arm(3000, 0, (BadEvent.Slow, 150)))], lastStep: true);

        early.Decision.ShouldBe(CanaryDecision.Continue);
        early.Reason.ShouldBe("not yet settled: Slow");
        late.Decision.ShouldBe(CanaryDecision.Promote);
    }

    [Fact]
    public void Metrics_that_need_labels_are_not_asked_for_where_none_come()
    {
        Look([At(50, Arm(1000), Arm(1000))], lastStep: true).Decision.ShouldBe(CanaryDecision.Promote);

        // As soon as labels come, few of them settle nothing.
        var labelled = Look([At(50, Arm(1000, 5), Arm(1000, 5))], lastStep: true);
        labelled.Decision.ShouldBe(CanaryDecision.Continue);
        labelled.Reason.ShouldBe("not yet settled: TooHigh, TooLow");
    }

    [Fact]
    public void A_used_budget_ends_without_a_decision()
    {
        var look = Look([At(5, Arm(7600, 0, (BadEvent.Slow, 100)), Arm(400, 0, (BadEvent.Slow, 8)))], lastStep: true);

        look.Decision.ShouldBe(CanaryDecision.Inconclusive);
        look.Reason.ShouldBe("the budget of 8000 requests is used; not yet settled: Slow");
    }

    [Fact]
    public void A_look_adds_up_its_steps_and_says_when_and_at_which_weight()
    {
        var look = Look([At(5, Arm(95, 90, (BadEvent.TooHigh, 9)), Arm(5, 4)), At(25, Arm(75, 70), Arm(25, 20, (BadEvent.TooHigh, 2)))], lastStep: false);

        (look.At, look.CanaryPercent, look.CanaryRequests, look.BaselineRequests).ShouldBe((At1, 50, 30, 170));
        look.Metrics.Select(metric => metric.Event).ShouldBe(Enum.GetValues<BadEvent>());
        var tooHigh = look.Metrics.Single(metric => metric.Event == BadEvent.TooHigh);
        (tooHigh.InCanary, tooHigh.InBaseline, tooHigh.CanaryRequests, tooHigh.BaselineRequests).ShouldBe((2, 9, 24, 160));
    }

    [Fact]
    public void Nothing_counted_yet_continues()
    {
        var look = Look([], lastStep: true);

        (look.Decision, look.LogSampleRatio).ShouldBe((CanaryDecision.Continue, 0));
        look.Metrics.ShouldAllBe(metric => metric.UpperRate == 1);
    }

    private static CanaryLook Look(IReadOnlyList<EpochCounts> counts, bool lastStep, CanaryPolicy? policy = null) =>
        new CanaryJudge(policy ?? new()).Look(counts, 50, lastStep, At1);
}
