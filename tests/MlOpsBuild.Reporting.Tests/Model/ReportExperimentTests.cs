using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class ReportExperimentTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static ExperimentRecord Record { get; } = new()
    {
        Id = "20261101T000000.000Z-ab2-abc123", Pipeline = "BikeDemand", Environment = "local", Version = 2, From = 1,
        Policy = new("revenue") { Design = ExperimentDesign.AlwaysValid, Percent = 20 },
        Plan = new(4000, 4000, 1, 1, 20, 9, 0.5, 1), Seed = 1, Started = At.AddDays(-20), Actor = "ann",
    };

    private static ExperimentLook Look { get; } = new(
        At, new(3200, 800, 0.98, 0.21), 3900, 4000, ExperimentVerdict.Better, "revenue per unit differs by +2 [1, 3]: better")
    {
        Estimate = new(20, 22, 2, new Interval(1, 3, 0.95), 0.64) { Evidence = 41.5 },
    };

    [Fact]
    public void A_test_is_told_in_words_with_all_its_figures() => ReportExperiment.Of(Record, Look).Lines.ShouldBe(
        [
            "A/B test 20261101T000000.000Z-ab2-abc123: v2 against v1 on local by revenue per unit, 20 % of units, valid at any look, since 2026-11-01 12:00 UTC",
            "split: 20 % asked for, χ² p = 0.98, e-value 0.21 (broken above 2,000)",
            "units: 3,900 complete of 4,000 that it was made for",
            "difference: +2 (+10%) [1, 3] at 95% over all looks, e-value 41.5; what was known before explains 36 % of the variance",
            "better: revenue per unit differs by +2 [1, 3]: better",
        ]);

    [Fact]
    public void Its_arms_are_a_table()
    {
        var arms = ReportExperiment.Of(Record, Look).Arms!;

        arms.Headers.ShouldBe(["arm", "version", "units", "revenue per unit"]);
        arms.Rows.ShouldBe([["control", "v1", "3,200", "20.0"], ["treatment", "v2", "800", "22.0"]]);
    }

    [Fact]
    public void Before_the_horizon_neither_means_nor_difference_are_there()
    {
        var running = ReportExperiment.Of(
            Record with { Policy = Record.Policy with { Design = ExperimentDesign.FixedHorizon } },
            Look with { Estimate = null, Verdict = ExperimentVerdict.Running, Reason = "nothing is told before the horizon" });

        running.Arms!.Rows.ShouldBe([["control", "v1", "3,200", "–"], ["treatment", "v2", "800", "–"]]);
        running.Lines.ShouldContain(line => line.Contains("fixed horizon", StringComparison.Ordinal));
        running.Lines.ShouldNotContain(line => line.StartsWith("difference", StringComparison.Ordinal));
    }

    [Fact]
    public void How_it_ended_is_told_and_where_nobody_looked_that_too()
    {
        var ended = ReportExperiment.Of(Record.End(ExperimentDecision.Keep, "bob", "too small", At, null), null);

        ended.Lines[0].ShouldEndWith("; ended 2026-11-21 12:00 by bob (keep): too small");
        ended.Lines[^1].ShouldBe("nobody looked yet: ./build.sh Experiment");
        ended.Arms.ShouldBeNull();
    }

    [Fact]
    public void It_stands_in_every_rendering_of_the_report_and_nowhere_without_one()
    {
        var report = ReportComposer.Compose(Example.Input with { Experiment = ReportExperiment.Of(Record, Look) });
        var (writer, without) = (ReportWriter.Default, ReportComposer.Compose(Example.Input));

        report.Experiment!.Look!.Estimate!.Difference.ShouldBe(2);
        writer.Markdown(report).ShouldContain("<details><summary>A/B test</summary>");
        writer.Markdown(report).ShouldContain("| treatment | v2 | 800 | 22.0 |");
        writer.Html(report).ShouldContain("<h2>A/B test</h2>");
        writer.Html(report).ShouldContain("difference: +2 (+10%)");
        writer.Markdown(without).ShouldNotContain("A/B test");
        writer.Html(without).ShouldNotContain("A/B test");
        PageComposer.Of(without).ExperimentArms.Any.ShouldBeFalse();
    }

    [Fact]
    public void What_people_wrote_becomes_no_markup()
    {
        var hostile = Record with { Policy = Record.Policy with { Metric = Example.Hostile } };
        var report = ReportComposer.Compose(Example.Input with
        {
            Experiment = ReportExperiment.Of(hostile.End(ExperimentDecision.Keep, Example.Hostile, Example.Hostile, At, Look), Look),
        });

        ReportWriter.Default.Html(report).ShouldNotContain("<script>");
        ReportWriter.Default.Markdown(report).ShouldNotContain("<script>");
    }
}
