using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
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

    /// <summary>A bias of −50 beat one of 0: whatever is lower was better.</summary>
    [Theory]
    [InlineData(-5, 3, Verdict.Failed)]
    [InlineData(5, 3, Verdict.Failed)]
    [InlineData(-2, 3, Verdict.Passed)]
    public void A_bias_is_judged_by_its_size(double bias, double bound, Verdict verdict)
    {
        var gate = new GateSpec { Metric = Metrics.Bias, Bound = bound, Baseline = Baseline.TrainingMean };

        var outcomes = new GateJudge(gate, 1).Judge(Biased(bias), Biased(4), ChampionPredictions.None).Outcomes().ToList();

        outcomes.Select(outcome => outcome.Verdict).ShouldBe([verdict, Math.Abs(bias) < 4 ? Verdict.Passed : Verdict.Failed]);
    }

    /// <summary>A true error 5 % over the bound passed 16 to 57 % of the time: the point estimate was judged.</summary>
    [Fact]
    public void A_bound_within_the_interval_is_neither_kept_nor_broken()
    {
        var random = new SplitMix64(4);
        var noisy = Sample.Predictions("noisy", 30, 24, _ => 2 * random.NextNormal());
        var (value, interval) = (Metrics.Rmse.Of(noisy), PairedBlockBootstrap.Value(Metrics.Rmse, noisy, 0.95, 1)!);

        Verdict Judged(double bound) =>
            new GateJudge(new() { Metric = Metrics.Rmse, Bound = bound }, 1).Judge(noisy, null, ChampionPredictions.None)
                .Single().Outcome.Verdict;

        (Judged(interval.Lower - 0.001), Judged(value), Judged(interval.Upper + 0.001))
            .ShouldBe((Verdict.Failed, Verdict.Inconclusive, Verdict.Passed));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void A_prediction_that_is_no_finite_number_fails_every_gate(double prediction)
    {
        var broken = Off(2);
        broken = broken with { Predictions = [prediction, .. broken.Predictions.Skip(1)] };
        var gate = new GateSpec { Metric = Metrics.Rmse, Bound = 30, Baseline = Baseline.TrainingMean, ChampionMargin = 0.02 };

        var outcomes = new GateJudge(gate, 1).Judge(broken, Off(3), new("champion", Off(3), null)).Outcomes().ToList();

        outcomes.ShouldAllBe(outcome => outcome.Verdict == Verdict.Failed
            && outcome.Evidence == "1 predictions of the candidate are no finite numbers");
        outcomes.Count.ShouldBe(3);
    }

    [Fact]
    public void A_metric_that_is_undefined_is_neither_within_nor_outside()
    {
        var empty = new PredictionSet("empty", [], [], [], new Dictionary<string, double[]>());

        var outcome = new GateJudge(new() { Metric = Metrics.Rmse, Bound = 1 }, 1).Judge(empty, null, ChampionPredictions.None)
            .Outcomes().ShouldHaveSingleItem();

        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Evidence.ShouldNotContain("outside");
    }

    [Fact]
    public void Gates_come_as_bound_baseline_champion()
    {
        var gate = new GateSpec { Metric = Metrics.Rmse, Bound = 3, Baseline = Baseline.TrainingMean, ChampionMargin = 0.02 };

        var outcomes = new GateJudge(gate, 1)
            .Judge(Candidate, Off(3) with { Predictor = "training mean" }, ChampionPredictions.None)
            .Outcomes()
            .ToList();

        outcomes.Select(outcome => outcome.Gate)
            .ShouldBe(["RMSE at most 3", "RMSE beats training mean", "RMSE not worse than champion by more than 2%"]);
    }

    [Fact]
    public void A_gate_that_asks_for_nothing_says_nothing() => Judge(new() { Metric = Metrics.Rmse }).ShouldBeEmpty();

    private static PredictionSet Off(double error) => Sample.Predictions("candidate", 20, 21, _ => error);

    private static IEnumerable<GateOutcome> Judge(GateSpec gate) =>
        new GateJudge(gate, 1).Judge(Candidate, null, ChampionPredictions.None).Outcomes();

    private static PredictionSet Biased(double bias) => Sample.Predictions("biased", 30, 24, row => bias + ((row % 3) - 1));
}
