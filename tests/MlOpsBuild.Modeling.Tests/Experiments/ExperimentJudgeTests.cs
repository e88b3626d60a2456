using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ExperimentJudgeTests
{
    private static readonly ExperimentPolicy Fixed = new("revenue") { Before = null };
    private static readonly ExperimentPolicy Any = Fixed with { Design = ExperimentDesign.AlwaysValid };
    private static readonly ExperimentPlan Plan = new(1000, 1000, 0.5, 0.5, 10, 1, 0, 0.5);

    [Theory]
    [InlineData(1, ExperimentVerdict.Better)]
    [InlineData(-1, ExperimentVerdict.Worse)]
    [InlineData(0, ExperimentVerdict.Same)]
    public void A_difference_is_told_at_the_horizon(double difference, ExperimentVerdict verdict)
    {
        var look = Judge(Fixed, Units(1000, difference));

        look.Verdict.ShouldBe(verdict);
        (look.Complete, look.Planned).ShouldBe((1000, 1000));
        look.Estimate!.Difference.ShouldBe(difference, 1e-9);
        look.Estimate.Control.ShouldBe(10, 1e-9);
        look.Estimate.Evidence.ShouldBeNull();
    }

    /// <summary>By hand: each arm has 500 units of 9 and 11 in turn, s² = 500/499; 1.96 · √(2 s²/500), by t with 998 degrees.</summary>
    [Fact]
    public void The_interval_at_the_horizon_is_that_of_a_single_look()
    {
        var interval = Judge(Fixed, Units(1000, 0)).Estimate!.Interval;

        interval.Upper.ShouldBe(1.962344 * Math.Sqrt(2.0 / 499), 1e-6);
        interval.Lower.ShouldBe(-interval.Upper, 1e-9);
        interval.Confidence.ShouldBe(0.95);
    }

    [Fact]
    public void Before_the_horizon_nothing_is_told_of_the_difference_however_large_it_is()
    {
        foreach (var units in new[] { Units(999, 9), [.. Units(999, 9), new ExperimentUnit(true, false, 0, 0)] })
        {
            var look = Judge(Fixed, units);

            (look.Verdict, look.Estimate).ShouldBe((ExperimentVerdict.Running, null));
            look.Reason.ShouldBe("999 of 1,000 units are complete; nothing is told before the horizon");
        }
    }

    [Fact]
    public void What_comes_after_the_horizon_changes_nothing()
    {
        var now = Judge(Fixed, Units(1000, 1));
        var later = Judge(Fixed, [.. Units(1000, 1), .. Units(4000, -50)]);

        later.ShouldBe(now);
    }

    [Fact]
    public void Where_more_is_worse_the_verdict_turns_and_the_figures_do_not()
    {
        var judged = Judge(Fixed with { Direction = Direction.LowerIsBetter }, Units(1000, 1));

        judged.Verdict.ShouldBe(ExperimentVerdict.Worse);
        judged.Estimate!.Difference.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void An_interval_that_holds_zero_and_more_than_the_margin_cannot_tell()
    {
        var look = new ExperimentJudge(Fixed, Plan with { Margin = 0.1 }).Look(default, Units(1000, 0));

        look.Verdict.ShouldBe(ExperimentVerdict.CannotTell);
        look.Reason.ShouldContain("cannot tell from the 1,000 units");
    }

    [Fact]
    public void A_broken_split_is_never_a_winner_and_tells_nothing_of_the_difference()
    {
        // 600 of 1,000 instead of 500: p = 2.54e-10.
        List<ExperimentUnit> units =
            [.. Enumerable.Range(0, 1000).Select(at => new ExperimentUnit(at % 5 < 3, true, at % 5 < 3 ? 90 : at, 0))];
        foreach (var policy in new[] { Fixed, Any })
        {
            var look = Judge(policy, units);

            (look.Verdict, look.Estimate).ShouldBe((ExperimentVerdict.Broken, null));
            look.Ratio.Probability.ShouldBe(2.54e-10, 0.01e-10);
            look.Reason.ShouldContain("600 of 1,000 units");
        }
    }

    [Fact]
    public void Units_that_are_missing_are_noticed_before_the_horizon_too()
    {
        List<ExperimentUnit> units = [.. Enumerable.Range(0, 600).Select(at => new ExperimentUnit(at % 3 == 0, false, 0, 0))];

        Judge(Fixed, units).Verdict.ShouldBe(ExperimentVerdict.Broken);
    }

    [Fact]
    public void A_split_as_uneven_as_it_was_asked_for_is_whole()
    {
        List<ExperimentUnit> units = [.. Enumerable.Range(0, 1000).Select(at => new ExperimentUnit(at % 5 == 0, true, (at % 2) + 9, 0))];

        Judge(Fixed with { Percent = 20 }, units).Verdict.ShouldBe(ExperimentVerdict.Same);
        Judge(Fixed, units).Verdict.ShouldBe(ExperimentVerdict.Broken);
    }

    [Fact]
    public void A_test_that_is_valid_at_any_look_may_end_before_it_was_planned_to()
    {
        var look = Judge(Any, Units(400, 1));

        look.Verdict.ShouldBe(ExperimentVerdict.Better);
        look.Estimate!.Evidence!.Value.ShouldBeGreaterThan(1 / Any.Alpha);
        Judge(Any, Units(400, -1)).Verdict.ShouldBe(ExperimentVerdict.Worse);
        Judge(Any, Units(400, 0.01)).Verdict.ShouldBe(ExperimentVerdict.Same);
        Judge(Any, Units(400, 0.2)).Reason.ShouldContain("cannot tell yet, 400 of 1,000 units");
        Judge(Any, Units(4000, 0.03)).Verdict.ShouldBe(ExperimentVerdict.Same);
    }

    [Fact]
    public void Its_interval_is_wider_than_that_of_a_single_look()
    {
        var (any, one) = (Judge(Any, Units(1000, 0)).Estimate!.Interval, Judge(Fixed, Units(1000, 0)).Estimate!.Interval);

        // 3.0352 standard errors where it was planned to be tightest, and 1.9623; the deviation is 1.0005, not 1.
        (any.Upper / one.Upper).ShouldBe(3.0352 / 1.9623, 0.002);
    }

    [Fact]
    public void Units_whose_time_is_not_over_do_not_count()
    {
        List<ExperimentUnit> units = [.. Units(400, 0), .. Units(400, 50).Select(unit => unit with { Complete = false })];

        var look = Judge(Any, units);

        (look.Complete, look.Ratio.Control + look.Ratio.Treatment).ShouldBe((400, 800));
        look.Estimate!.Difference.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Fewer_than_a_hundred_units_of_an_arm_tell_nothing()
    {
        Judge(Any, Units(198, 5)).ShouldSatisfyAllConditions(
            look => look.Verdict.ShouldBe(ExperimentVerdict.Running), look => look.Estimate.ShouldBeNull(),
            look => look.Reason.ShouldContain("99 and 99 units"));
        Judge(Any, Units(200, 5)).Verdict.ShouldBe(ExperimentVerdict.Better);
    }

    [Fact]
    public void Where_no_unit_differs_nothing_can_be_told()
    {
        List<ExperimentUnit> units = [.. Enumerable.Range(0, 1000).Select(at => new ExperimentUnit(at % 2 == 0, true, 0, 0))];

        Judge(Fixed, units).Verdict.ShouldBe(ExperimentVerdict.CannotTell);
        Judge(Any, units).ShouldSatisfyAllConditions(
            look => look.Verdict.ShouldBe(ExperimentVerdict.Running), look => look.Reason.ShouldContain("nothing varies"));
    }

    [Fact]
    public void What_was_known_before_narrows_the_interval_as_its_correlation_says()
    {
        var random = new SplitMix64(11);
        List<ExperimentUnit> units =
        [
            .. Enumerable.Range(0, 1000).Select(at =>
            {
                var before = random.NextNormal();
                return new ExperimentUnit(at % 2 == 0, true, 10 + (0.8 * before) + (0.6 * random.NextNormal()), before);
            }),
        ];

        var (with, without) = (Judge(Fixed with { Before = TimeSpan.FromDays(1) }, units).Estimate!, Judge(Fixed, units).Estimate!);

        with.VarianceLeft.ShouldBe(0.36, 0.04);
        without.VarianceLeft.ShouldBe(1);
        (Width(with) * Width(with) / (Width(without) * Width(without))).ShouldBe(with.VarianceLeft, 0.005);
        with.Control.ShouldBe(without.Control, "the means are shown as they were");
    }

    /// <summary>
    /// By another program (Python, sums of products by hand): θ = 1.287234, ρ = 0.981547, difference 2.666667, variance 0.394090 of
    /// twelve users; each stands for a hundred here, so that sums of squares are a hundred times as large.
    /// </summary>
    [Fact]
    public void Figures_are_those_of_another_program()
    {
        (double Value, double Before)[] control = [(12, 10), (7, 6), (15, 13), (9, 9), (0, 2), (11, 8)];
        (double Value, double Before)[] treatment = [(14, 10), (9, 5), (20, 14), (8, 6), (3, 1), (16, 12)];
        List<ExperimentUnit> units =
        [
            .. Enumerable.Range(0, 100).SelectMany(_ => control.Zip(treatment)).SelectMany(pair => new[]
            {
                new ExperimentUnit(false, true, pair.First.Value, pair.First.Before),
                new ExperimentUnit(true, true, pair.Second.Value, pair.Second.Before),
            }),
        ];

        var judge = new ExperimentJudge(Fixed with { Before = TimeSpan.FromDays(1) }, Plan with { Units = 1200 });
        var estimate = judge.Look(default, units).Estimate!;

        estimate.Difference.ShouldBe(2.666667, 1e-6);
        (1 - estimate.VarianceLeft).ShouldBe(0.981547 * 0.981547, 1e-5);

        // s²/n of six each is Σ(…)²/5/6; of six hundred it is 100 Σ(…)²/599/600.
        var half = Math.Sqrt(0.394090 * 5 * 6 * 100 / (599 * 600.0));
        ((estimate.Interval.Upper - estimate.Interval.Lower) / 2).ShouldBe(1.9620 * half, 1e-4);
    }

    [Fact]
    public void The_order_of_units_decides_nothing_at_any_look()
    {
        var units = Units(600, 0.3);
        var turned = units.AsEnumerable().Reverse().ToList();

        var (one, other) = (Judge(Any, units), Judge(Any, turned));

        (one.Verdict, one.Complete).ShouldBe((other.Verdict, other.Complete));
        one.Estimate!.Interval.Lower.ShouldBe(other.Estimate!.Interval.Lower, 1e-9);
    }

    [Fact]
    public void Arms_that_change_places_turn_the_difference_and_nothing_else()
    {
        var units = Units(600, 0.3);

        var (one, other) = (
            Judge(Any, units).Estimate!, Judge(Any, [.. units.Select(unit => unit with { Treated = !unit.Treated })]).Estimate!);

        one.Difference.ShouldBe(-other.Difference, 1e-9);
        one.Interval.Lower.ShouldBe(-other.Interval.Upper, 1e-9);
        one.Evidence!.Value.ShouldBe(other.Evidence!.Value, 1e-9);
    }

    [Fact]
    public void A_ratio_is_compared_as_a_ratio()
    {
        // Two orders of 10 each against one order of 30: the same users spend half as much again on each order.
        List<ExperimentUnit> units =
        [
            .. Enumerable.Range(0, 1000).Select(at => at % 2 == 0
                ? new ExperimentUnit(false, true, 20 + (at % 4), 0) { Per = 2 }
                : new ExperimentUnit(true, true, 30 + (at % 4), 0) { Per = 1 }),
        ];

        var estimate = Judge(Fixed with { Quantity = ExperimentQuantity.Ratio, Per = "orders" }, units).Estimate!;

        // Controls have 20 and 22 in turn, over 2; the others 31 and 33, over 1.
        (estimate.Control, estimate.Treatment).ShouldBe((10.5, 32));
        estimate.Difference.ShouldBe(21.5, 1e-9);
    }

    private static double Width(ExperimentEstimate estimate) => estimate.Interval.Upper - estimate.Interval.Lower;

    private static ExperimentLook Judge(ExperimentPolicy policy, IReadOnlyList<ExperimentUnit> units) =>
        new ExperimentJudge(policy, Plan).Look(default, units);

    // Both arms in turn, each with values of 9 and 11 in turn.
    private static List<ExperimentUnit> Units(int count, double difference) =>
        [.. Enumerable.Range(0, count).Select(at => new ExperimentUnit(
            at % 2 == 1, true, 9 + (at / 2 % 2 * 2) + (at % 2 == 1 ? difference : 0), 0))];
}
