using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Retraining.Tests;

public sealed class RetrainDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetrainFacts Young = new(Now, 3, Now.AddDays(-10)) { RowsThen = 1000, RowsNow = 1040 };

    private static readonly RetrainPolicy All = new()
    {
        Every = TimeSpan.FromDays(30), OnDrift = true, LossRise = 0.05, RowGrowth = 0.1,
    };

    [Fact]
    public void Without_a_cause_it_is_not_and_each_cause_says_how_far_it_is()
    {
        var decision = RetrainDecision.Of(All, Young with { Watched = Looked() });

        decision.Triggers.ShouldBeEmpty();
        decision.WhyNot.ShouldBe(
            "no reason to: v3 is 10 days old, 30 days are allowed; 1,040 rows against 1,000, 10% more are wanted; data Passed: as it was; loss Passed: as it was");
    }

    [Fact]
    public void Age_is_a_cause()
    {
        var decision = RetrainDecision.Of(All, Young with { Registered = Now.AddDays(-30) });

        decision.WhyNot.ShouldBeNull();
        decision.Triggers.Single().ToString()
            .ShouldBe("Schedule: v3 is 30 days old, and every 30 days it is trained anew");
    }

    [Fact]
    public void Rows_that_came_are_a_cause()
    {
        RetrainDecision.Of(All, Young with { RowsNow = 1100 }).Triggers.Single().Reason
            .ShouldBe("1,100 rows, 1,000 when v3 was made: 10% more, 10% are enough");
        RetrainDecision.Of(All, Young with { RowsNow = null }).Triggers.ShouldBeEmpty();
    }

    [Fact]
    public void Drift_is_a_cause_where_the_policy_says_so_also_when_it_is_no_alarm()
    {
        var watched = Looked(("data", Verdict.Failed, false));

        RetrainDecision.Of(All, Young with { Watched = watched }).Triggers.Single().Cause.ShouldBe(RetrainCause.Drift);
        RetrainDecision.Of(All with { OnDrift = false }, Young with { Watched = watched }).Triggers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("loss", true, true)]
    [InlineData("estimated loss", true, true)]
    [InlineData("estimated loss", false, false)]
    [InlineData("requests", true, false)]
    public void A_loss_that_rose_is_a_cause_and_an_estimate_where_it_is_relied_on(string aspect, bool judged, bool triggers) =>
        RetrainDecision.Of(All, Young with { Watched = Looked((aspect, Verdict.Failed, judged)) })
            .Triggers.Select(trigger => trigger.Cause).ShouldBe(triggers ? [RetrainCause.Loss] : []);

    [Fact]
    public void All_causes_are_named_in_the_order_of_their_certainty()
    {
        var facts = Young with
        {
            Registered = Now.AddDays(-31), RowsNow = 2000,
            Watched = Looked(("data", Verdict.Failed, true), ("loss", Verdict.Failed, true), ("estimated loss", Verdict.Failed, true)),
        };

        RetrainDecision.Of(All, facts).Triggers.Select(trigger => trigger.Cause)
            .ShouldBe([RetrainCause.Schedule, RetrainCause.Data, RetrainCause.Drift, RetrainCause.Loss]);
    }

    [Fact]
    public void Where_nobody_looked_or_counted_that_is_said() =>
        RetrainDecision.Of(All, Young with { RowsNow = null }).WhyNot.ShouldBe(
            "no reason to: v3 is 10 days old, 30 days are allowed; new rows were not counted; data was not looked at; loss was not looked at");

    [Theory]
    [InlineData(0.5, "30 minutes")]
    [InlineData(5, "5 hours")]
    [InlineData(23.9, "23.9 hours")]
    public void How_long_ago_is_told_in_units_of_people(double hours, string told) =>
        RetrainDecision.Of(All, Young with { Registered = Now.AddDays(-40), Before = Now.AddHours(-hours) }).WhyNot!
            .ShouldContain($"it was trained {told} ago");

    [Fact]
    public void What_cannot_be_told_is_no_cause() =>
        RetrainDecision.Of(All, Young with { Watched = Looked(("loss", Verdict.Inconclusive, true)) }).Triggers.ShouldBeEmpty();

    [Fact]
    public void A_cause_that_lasts_does_not_train_again_and_again()
    {
        var old = Young with { Registered = Now.AddDays(-40), Before = Now.AddHours(-5) };

        RetrainDecision.Of(All, old).WhyNot.ShouldEndWith("but it was trained 5 hours ago, and the policy waits a day");
        RetrainDecision.Of(All, old with { Before = Now.AddDays(-1) }).WhyNot.ShouldBeNull();
        RetrainDecision.Of(All with { Pause = TimeSpan.FromHours(5) }, old).WhyNot.ShouldBeNull();
    }

    [Fact]
    public void Whoever_asks_for_it_gets_it()
    {
        var decision = RetrainDecision.Of(new(), Young with { Asked = true, Before = Now });

        (decision.Triggers.Single().Cause, decision.WhyNot).ShouldBe((RetrainCause.Manual, null));
    }

    private static MonitorResult Looked(params (string Name, Verdict Verdict, bool Judged)[] found) => new(
        "Demand", "local", 3, Now.UtcDateTime.AddDays(-30), Now.UtcDateTime, 700, 600,
        [
            .. found.Select(aspect => new MonitorAspect(aspect.Name, aspect.Verdict, "as it was") { Judged = aspect.Judged }),
            .. new[] { "data", "loss" }.Except(found.Select(aspect => aspect.Name))
                .Select(name => new MonitorAspect(name, Verdict.Passed, "as it was")),
        ]);
}
