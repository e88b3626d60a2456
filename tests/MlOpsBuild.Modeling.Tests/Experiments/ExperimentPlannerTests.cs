using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ExperimentPlannerTests
{
    private static readonly ExperimentPolicy Expected = new("revenue")
    {
        Detect = 0.05, ExpectedMean = 20, ExpectedDeviation = 40, Window = TimeSpan.FromDays(7),
    };

    /// <summary>By hand: 7.848879 · 4 · 40² / 1² = 50,233.</summary>
    [Fact]
    public void Units_follow_from_what_is_expected_where_nothing_was_seen()
    {
        var plan = new ExperimentPlanner(Expected with { Relative = false, Detect = 1 }).Of([], []);

        (plan.Units, plan.Needed, plan.Detect, plan.Margin).ShouldBe((50_233, 50_233, 1, 1));
        (plan.Mean, plan.Deviation, plan.Correlation, plan.KnownFrom).ShouldBe((20, 40, 0, 0));
        plan.Seen.ShouldBe(1, 1e-4);
        (plan.PerDay, plan.Days).ShouldBe((null, null));
        plan.Describe(Expected)[^1].ShouldContain("not known");
    }

    /// <summary>By hand: values that are larger by 5 % vary by 1.1025 more, 7.848879 · (2.205 + 2) · 40² / 1² = 52,808.</summary>
    [Fact]
    public void An_effect_that_is_a_part_of_the_mean_is_taken_for_a_factor() =>
        new ExperimentPlanner(Expected).Of([], []).Needed.ShouldBe(52_808);

    /// <summary>By hand: of 20 % to 24 %, 7.848879 · 2 · (0.2 · 0.8 + 0.24 · 0.76) / 0.04² = 3,360.</summary>
    [Fact]
    public void More_conversions_vary_more()
    {
        var policy = Expected with { Quantity = ExperimentQuantity.Conversion, Detect = 0.2, ExpectedMean = 0.2, ExpectedDeviation = 0.4 };

        new ExperimentPlanner(policy).Of([], []).Needed.ShouldBe(3_360);
    }

    [Fact]
    public void What_was_seen_goes_before_what_was_expected_and_what_is_known_of_units_saves_some()
    {
        var random = new SplitMix64(5);
        List<ExperimentUnit> seen =
        [
            .. Enumerable.Range(0, 20_000).Select(_ =>
            {
                var before = random.NextNormal();
                return new ExperimentUnit(false, true, 10 + (0.8 * before) + (0.6 * random.NextNormal()), before);
            }),
        ];

        var known = new ExperimentPlanner(Expected).Of(seen, []);
        var unknown = new ExperimentPlanner(Expected with { Before = null }).Of(seen, []);

        known.KnownFrom.ShouldBe(20_000);
        known.Mean.ShouldBe(10, 0.05);
        known.Correlation.ShouldBe(0.8, 0.01);
        unknown.Correlation.ShouldBe(0);
        (known.Needed, unknown.Needed).ShouldBe((200, 200), "nothing is told below 100 of each arm");

        var fine = Expected with { Detect = 0.002 };
        ((double)new ExperimentPlanner(fine).Of(seen, []).Needed / new ExperimentPlanner(fine with { Before = null }).Of(seen, []).Needed)
            .ShouldBe(0.36, 0.02);
    }

    [Fact]
    public void A_test_that_is_valid_at_any_look_is_made_for_about_twice_as_many()
    {
        var plan = new ExperimentPlanner(Expected with { Design = ExperimentDesign.AlwaysValid }).Of([], []);

        ((double)plan.Needed / 52_808).ShouldBe(1.915, 0.001);
    }

    [Fact]
    public void A_horizon_that_is_too_near_is_warned_of_with_the_one_that_would_do()
    {
        var plan = new ExperimentPlanner(Expected with { Units = 13_202 }).Of([], []);

        (plan.Units, plan.Needed).ShouldBe((13_202, 52_808));
        plan.Seen.ShouldBe(2, 0.001);
        plan.Warning(Expected)!.ShouldContain("52,808");
        new ExperimentPlanner(Expected).Of([], []).Warning(Expected).ShouldBeNull();
    }

    [Fact]
    public void How_long_it_takes_is_read_off_the_days_that_were_seen_and_goes_on_as_the_last_of_them()
    {
        var policy = Expected with { Units = 1000 };

        // 400 + 300 + 300 within three days; the last one's time takes seven more.
        new ExperimentPlanner(policy).Of([], [400, 300, 300, 100]).Days.ShouldBe(3 + 7);

        // 600 in two days, then 300 a day: the remaining 400 take 4/3 of a day.
        var longer = new ExperimentPlanner(policy).Of([], [300, 300]);
        longer.PerDay.ShouldBe(300);
        longer.Days!.Value.ShouldBe(2 + (400 / 300.0) + 7, 1e-9);
        longer.Describe(policy)[^1].ShouldContain("about 11 days");
    }

    [Fact]
    public void Very_long_tests_are_warned_of() =>
        new ExperimentPlanner(Expected).Of([], [100, 100]).Warning(Expected)!.ShouldContain("536 days");

    [Fact]
    public void Where_nothing_is_known_of_the_metric_no_test_begins()
    {
        var few = Enumerable.Range(0, 99).Select(value => new ExperimentUnit(false, true, value, 0)).ToList();

        var finding = Should.Throw<UsageException>(() => new ExperimentPlanner(new("revenue")).Of(few, [])).Findings.ShouldHaveSingleItem();

        (finding.Code, finding.Where, finding.Value).ShouldBe(("MLB2076", "revenue", "outcomes of 99 units"));
        finding.Fix!.ShouldContain("/outcome");
    }

    [Theory]
    [InlineData(0, true, "mean is 0")]
    [InlineData(3, true, "the same of every unit")]
    [InlineData(0, false, "the same of every unit")]
    public void A_metric_without_a_mean_or_without_a_spread_is_refused(double value, bool relative, string why)
    {
        var units = Enumerable.Range(0, 200).Select(_ => new ExperimentUnit(false, true, value, 0)).ToList();

        Should.Throw<UsageException>(() => new ExperimentPlanner(new("revenue") { Relative = relative }).Of(units, []))
            .Message.ShouldContain(why);
    }

    [Fact]
    public void Whoever_decides_reads_what_can_be_seen()
    {
        var lines = new ExperimentPlanner(Expected).Of([], [5000]).Describe(Expected);

        lines[0].ShouldContain("mean 20, deviation 40 (expected, not seen)");
        lines[1].ShouldContain("52,808 units, 50 % of them");
        lines[1].ShouldContain("1 (5%) in 80% of tests, and one that is not there in at most 5% (at one look, at the end)");
        lines[2].ShouldContain("±1 (5%); outcomes of a unit count for 7 days");
        lines[3].ShouldContain("5,000 new units a day it takes about 18 days");
    }
}
