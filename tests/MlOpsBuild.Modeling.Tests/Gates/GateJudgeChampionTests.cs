using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

/// <summary>A champion with an error of 2 and a margin of a tenth: 0.2 more is tolerated.</summary>
public sealed class GateJudgeChampionTests
{
    private const int PerDay = 24;
    private static readonly ChampionPredictions Champion = new("champion v3", Off(_ => 2), null);

    [Theory]
    [InlineData(1.5, Verdict.Passed, "better")]
    [InlineData(2, Verdict.Passed, "by policy")]
    [InlineData(2.1, Verdict.Passed, "by policy")]
    [InlineData(2.3, Verdict.Failed, "worse by more than the margin")]
    public void A_candidate_is_judged_by_the_margin(double error, Verdict verdict, string evidence)
    {
        var outcome = Judge(Off(_ => error), Champion);

        outcome.Verdict.ShouldBe(verdict);
        outcome.Evidence.ShouldContain(evidence);
        outcome.Reference.ShouldBe(2);
        outcome.ReferenceName.ShouldBe("champion v3");
        outcome.Difference!.Lower.ShouldBe(error - 2, 1e-12);
        outcome.Blocking.ShouldBeTrue();
    }

    /// <summary>RMSE 0.000 against 0.000: a margin of a tenth of nothing is nothing.</summary>
    [Theory]
    [InlineData(1e-15, 0)]
    [InlineData(3e-15, 1e-15)]
    public void What_differs_by_rounding_is_equal(double candidate, double champion) =>
        Judge(Off(_ => candidate), new("champion v3", Off(_ => champion), null)).Verdict.ShouldBe(Verdict.Passed);

    [Fact]
    public void An_interval_that_reaches_over_the_margin_decides_nothing()
    {
        var outcome = Judge(Off(row => row / PerDay % 2 == 0 ? 1 : 3), Champion);

        outcome.Difference!.Lower.ShouldBeLessThan(0.2);
        outcome.Difference.Upper.ShouldBeGreaterThan(0.2);
        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Evidence.ShouldContain("reaches over the margin");
    }

    [Fact]
    public void Without_a_champion_the_row_informs_and_does_not_decide()
    {
        var outcome = Judge(Off(_ => 2), ChampionPredictions.None);

        outcome.Blocking.ShouldBeFalse();
        outcome.Reference.ShouldBeNull();
        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.ReferenceName.ShouldBe("no champion");
    }

    [Fact]
    public void A_champion_that_cannot_be_compared_is_an_error_and_never_a_pass()
    {
        var outcome = Judge(Off(_ => 0), new("champion v3", null, "trained on these rows"));

        outcome.Verdict.ShouldBe(Verdict.Error);
        outcome.Evidence.ShouldBe("trained on these rows");
        outcome.Blocking.ShouldBeTrue();
    }

    [Fact]
    public void Nine_days_are_too_few()
    {
        var outcome = Judge(Off(_ => 1, days: 9), new("champion v3", Off(_ => 2, days: 9), null));

        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Evidence.ShouldContain("fewer than 10 days");
    }

    [Theory]
    [InlineData(0.5, Verdict.Passed)]
    [InlineData(1, Verdict.Passed)]
    [InlineData(2, Verdict.Failed)]
    public void A_lower_determination_is_worse(double error, Verdict verdict)
    {
        var champion = new ChampionPredictions("champion", Off(row => row % 2), null);

        Judge(Off(row => error * (row % 2)), champion, Metrics.RSquared).Verdict.ShouldBe(verdict);
    }

    private static PredictionSet Off(Func<int, double> error, int days = 20) => Sample.Predictions("any", days, PerDay, error);

    private static GateOutcome Judge(PredictionSet candidate, ChampionPredictions champion, Metric? metric = null) =>
        new GateJudge(new() { Metric = metric ?? Metrics.Rmse, ChampionMargin = 0.1 }, 1).Judge(candidate, null, champion)
            .Outcomes().ShouldHaveSingleItem();
}
