using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Model.Tests;

/// <summary>"May I merge this?": an interval on one side of nothing says so, whatever margin a policy allows.</summary>
public sealed class ComparisonWithChampionTests
{
    [Theory]
    [InlineData(-3, -0.5, Verdict.Passed, ChangeEffect.Better, "Better than champion v1: RMSE 42.5 against 43.7, −1.200 [−3.000, −0.500].")]
    [InlineData(
        -3, 0.1, Verdict.Passed, ChangeEffect.Same,
        "The same as champion v1, within the margin: RMSE 42.5 against 43.7, −1.200 [−3.000, +0.100].")]
    [InlineData(
        0.1, 0.5, Verdict.Passed, ChangeEffect.Worse,
        "Worse than champion v1, though within the margin: RMSE 42.5 against 43.7, −1.200 [+0.100, +0.500].")]
    [InlineData(2, 4, Verdict.Failed, ChangeEffect.Worse, "Worse than champion v1: RMSE 42.5 against 43.7, −1.200 [+2.000, +4.000].")]
    [InlineData(
        -1, 4, Verdict.Inconclusive, ChangeEffect.CannotTell,
        "Cannot tell whether it is better or worse than champion v1: RMSE 42.5 against 43.7, −1.200 [−1.000, +4.000].")]
    public void The_interval_says_what_the_candidate_is(double lower, double upper, Verdict verdict, ChangeEffect effect, string text)
    {
        var report = ReportComposer.Compose(Example.Judged(Compared("RMSE", lower, upper, verdict)));

        (report.Effect, report.EffectText).ShouldBe((effect, text));
    }

    [Theory]
    [InlineData(0.01, 0.02, ChangeEffect.Better)]
    [InlineData(-0.02, -0.01, ChangeEffect.Worse)]
    public void Where_more_is_better_the_sides_change(double lower, double upper, ChangeEffect effect) =>
        ReportComposer.Compose(Example.Judged(Compared("R²", lower, upper, Verdict.Passed))).Effect.ShouldBe(effect);

    [Fact]
    public void Of_several_metrics_the_worst_is_said() =>
        ReportComposer.Compose(Example.Judged(Compared("RMSE", -3, -1, Verdict.Passed), Compared("R²", -0.02, -0.01, Verdict.Passed)))
            .EffectText.ShouldStartWith("Worse than champion v1, though within the margin: R²");

    [Fact]
    public void Without_an_interval_it_cannot_be_told()
    {
        var gate = Compared("RMSE", 0, 0, Verdict.Inconclusive) with { Difference = null, Evidence = "fewer than 8 days" };

        ReportComposer.Compose(Example.Judged(gate))
            .EffectText.ShouldBe("Cannot tell whether it is better or worse than champion v1: fewer than 8 days.");
    }

    [Fact]
    public void A_first_model_has_nothing_beside_it() =>
        ReportComposer.Compose(Example.Input with { Run = Example.Run with { Champion = null } })
            .EffectText.ShouldBe("Nothing serves yet to compare with.");

    [Fact]
    public void A_champion_that_no_gate_looks_at_is_told() =>
        ReportComposer.Compose(Example.Judged(Example.Gate("RMSE at most 120", Verdict.Passed)))
            .EffectText.ShouldBe("No gate compares it with champion v1.");

    private static GateOutcome Compared(string metric, double lower, double upper, Verdict verdict) =>
        new(metric, metric, 42.5, 43.7, "champion", new(lower, upper, 0.95), verdict, "evidence");
}
