using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class GateJudgeTests
{
    private static readonly PredictionSet Candidate = Off(2);

    [Theory]
    [InlineData(2.5, Verdict.Passed)]
    [InlineData(2, Verdict.Passed)]
    [InlineData(1.9, Verdict.Failed)]
    public void An_error_must_not_be_above_its_bound(double bound, Verdict verdict)
    {
        var outcome = Judge(new() { Metric = Metrics.Rmse, Bound = bound }).ShouldHaveSingleItem();

        outcome.Verdict.ShouldBe(verdict);
        outcome.Candidate.ShouldBe(2);
        outcome.Reference.ShouldBe(bound);
        outcome.Gate.ShouldStartWith("RMSE at most");
        outcome.Blocking.ShouldBeTrue();
        outcome.Evidence.ShouldStartWith(verdict == Verdict.Passed ? "within" : "outside");
    }

    [Theory]
    [InlineData(-0.1, Verdict.Passed)]
    [InlineData(0.1, Verdict.Failed)]
    public void A_determination_must_not_be_below_its_bound(double bound, Verdict verdict)
    {
        // The labels 0 to 6 vary by 4 around their mean, and the candidate is off by 2.
        var outcome = Judge(new() { Metric = Metrics.RSquared, Bound = bound }).ShouldHaveSingleItem();

        outcome.Candidate.ShouldBe(0, 1e-4);
        outcome.Verdict.ShouldBe(verdict);
        outcome.Gate.ShouldStartWith("R² at least");
    }

    [Fact]
    public void A_metric_that_is_undefined_is_neither_within_nor_outside()
    {
        var empty = new PredictionSet("empty", [], [], [], new Dictionary<string, double[]>());

        var outcome = new GateJudge(new() { Metric = Metrics.Rmse, Bound = 1 }, 1).Judge(empty, null, ChampionPredictions.None).ShouldHaveSingleItem();

        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Evidence.ShouldNotContain("outside");
    }

    [Fact]
    public void Gates_come_as_bound_baseline_champion()
    {
        var gate = new GateSpec { Metric = Metrics.Rmse, Bound = 3, Baseline = Baseline.TrainingMean, ChampionMargin = 0.02 };

        var outcomes = new GateJudge(gate, 1).Judge(Candidate, Off(3) with { Predictor = "training mean" }, ChampionPredictions.None).ToList();

        outcomes.Select(outcome => outcome.Gate).ShouldBe(["RMSE at most 3", "RMSE beats training mean", "RMSE not worse than champion by more than 2%"]);
    }

    [Fact]
    public void A_gate_that_asks_for_nothing_says_nothing() => Judge(new() { Metric = Metrics.Rmse }).ShouldBeEmpty();

    private static PredictionSet Off(double error) => Sample.Predictions("candidate", 20, 21, _ => error);

    private static IEnumerable<GateOutcome> Judge(GateSpec gate) => new GateJudge(gate, 1).Judge(Candidate, null, ChampionPredictions.None);
}
