using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Pipelines.Tests;

namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ExperimentBuilderTests
{
    [Fact]
    public void A_metric_alone_has_the_usual_design()
    {
        var policy = Specify("revenue").Experiment!;

        policy.ShouldBe(new("revenue"));
        (policy.Detect, policy.Relative, policy.Margin, policy.Alpha, policy.Power).ShouldBe((0.02, true, null, 0.05, 0.8));
        (policy.Design, policy.Window, policy.Before).ShouldBe(
            (ExperimentDesign.FixedHorizon, TimeSpan.FromDays(7), TimeSpan.FromDays(14)));
        (policy.Percent, policy.UnitHeader, policy.Name).ShouldBe((50, "X-Unit-Id", "revenue per unit"));
    }

    [Fact]
    public void Everything_said_is_kept()
    {
        var policy = Specify("revenue", e => e
            .LowerIsBetter().Per("orders").Detect(relative: 0.1, margin: 0.05).Risk(alpha: 0.01, power: 0.9).AlwaysValid(units: 5000)
            .Window(TimeSpan.FromHours(3)).Before(TimeSpan.FromDays(2)).Unit("X-User").Share(0.1).CapAt(500).Expecting(12, 30)).Experiment!;

        (policy.Direction, policy.Quantity, policy.Per, policy.Name).ShouldBe(
            (Direction.LowerIsBetter, ExperimentQuantity.Ratio, "orders", "revenue per orders"));
        (policy.Detect, policy.Margin, policy.Alpha, policy.Power).ShouldBe((0.1, 0.05, 0.01, 0.9));
        (policy.Design, policy.Units, policy.Window, policy.Before).ShouldBe(
            (ExperimentDesign.AlwaysValid, 5000, TimeSpan.FromHours(3), TimeSpan.FromDays(2)));
        (policy.UnitHeader, policy.Percent, policy.Share, policy.Cap).ShouldBe(("X-User", 10, 0.1, 500));
        (policy.ExpectedMean, policy.ExpectedDeviation).ShouldBe((12, 30));
    }

    [Fact]
    public void What_is_said_last_counts()
    {
        var policy = Specify("signup", e => e
            .Converts().Detect(0.1).DetectAbsolute(0.01, margin: 0.02).AlwaysValid().FixedHorizon(400).WithoutBefore()).Experiment!;

        (policy.Quantity, policy.Name).ShouldBe((ExperimentQuantity.Conversion, "share of units with signup"));
        (policy.Detect, policy.Margin, policy.Relative).ShouldBe((0.01, 0.02, false));
        (policy.Design, policy.Units, policy.Before).ShouldBe((ExperimentDesign.FixedHorizon, 400, null));
    }

    [Fact]
    public void Units_are_kept_from_the_first_deployment_on_where_a_test_is_declared()
    {
        Specify("revenue", e => e.Unit("X-User")).Monitoring.Log.UnitHeader.ShouldBe("X-User");
        TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X))).ShouldSatisfyAllConditions(
            spec => spec.Experiment.ShouldBeNull(), spec => spec.Monitoring.Log.UnitHeader.ShouldBeNull());
    }

    [Fact]
    public void Everything_that_cannot_be_judged_is_told_at_once()
    {
        var findings = Should.Throw<UsageException>(() => Specify(" ", e => e
            .Unit("two words").Share(1).Detect(relative: 0, margin: -1).Risk(alpha: 0.5, power: 1).FixedHorizon(199).Window(TimeSpan.Zero)
            .Before(TimeSpan.FromDays(-1)).CapAt(0).Per(" ").Expecting(0, 0))).Findings;

        findings.ShouldAllBe(finding => finding.Code == "MLB2075" && finding.Where == "pipeline Sample");
        findings.Select(finding => finding.Value!.Split(':')[0]).ShouldBe(
            [
                "no name", "no header names the unit", "no share of units", "no effect to see", "no margin",
                "no probability of a false alarm", "no power", "too few units", "no time in which outcomes count", "no time before",
                "no cap", "no metric to divide by", "no deviation", "no part of a mean of 0"
            ]);
    }

    [Theory]
    [InlineData("revenue", false)]
    [InlineData("orders", true)]
    public void A_ratio_is_divided_by_another_metric(string per, bool usable)
    {
        void Act() => Specify("revenue", e => e.Per(per));
        if (usable)
        {
            Should.NotThrow(Act);
        }
        else
        {
            Should.Throw<UsageException>(Act).Findings.ShouldHaveSingleItem().Expected!.ShouldContain(".Per");
        }
    }

    private static PipelineSpec Specify(string metric, Action<ExperimentBuilder>? experiment = null) =>
        TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Experiment(metric, experiment));
}
