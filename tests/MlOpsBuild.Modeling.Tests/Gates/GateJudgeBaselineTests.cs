using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class GateJudgeBaselineTests
{
    private const int PerDay = 24;

    [Fact]
    public void Better_on_every_day_is_better_for_certain()
    {
        var outcome = Judge(Off(_ => 1), Off(_ => 2));

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.Evidence.ShouldBe("better, for certain");
        outcome.Difference.ShouldBe(new(-1, -1, 0.95));
        outcome.Reference.ShouldBe(2);
        outcome.ReferenceName.ShouldBe("baseline");
    }

    [Fact]
    public void Worse_on_every_day_is_worse_for_certain()
    {
        foreach (var forCertain in new[] { true, false })
        {
            var outcome = Judge(Off(_ => 2), Off(_ => 1), forCertain);

            outcome.Verdict.ShouldBe(Verdict.Failed);
            outcome.Evidence.ShouldBe("worse, for certain");
        }
    }

    [Fact]
    public void Better_on_some_days_is_no_evidence_where_certainty_is_asked_for()
    {
        var outcome = Judge(Mixed(3), Mixed(3.2, odd: true));

        outcome.Candidate.ShouldBeLessThan(outcome.Reference!.Value);
        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Evidence.ShouldContain("no evidence");
    }

    [Fact]
    public void Better_by_the_point_estimate_is_enough_where_policy_says_so_and_is_called_that()
    {
        var outcome = Judge(Mixed(3), Mixed(3.2, odd: true), forCertain: false);

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.Evidence.ShouldContain("by policy");
    }

    [Fact]
    public void Worse_by_the_point_estimate_is_never_enough() =>
        Judge(Mixed(3.2, odd: true), Mixed(3), forCertain: false).Verdict.ShouldBe(Verdict.Inconclusive);

    /// <summary>RMSE 0.000 against 0.000.</summary>
    [Fact]
    public void Who_makes_no_error_need_not_beat_who_makes_none()
    {
        Judge(Off(_ => 0), Off(_ => 0)).Verdict.ShouldBe(Verdict.Passed);
        Judge(Off(row => 1e-15 * (row % 3)), Off(_ => 0)).Verdict.ShouldBe(Verdict.Passed);
        Judge(Off(_ => 1), Off(_ => 1)).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void Nine_days_are_too_few()
    {
        var outcome = Judge(Off(_ => 1, days: 9), Off(_ => 2, days: 9), forCertain: false);

        outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        outcome.Difference.ShouldBeNull();
        outcome.Evidence.ShouldContain("fewer than 10 days");
    }

    [Fact]
    public void A_higher_determination_is_better()
    {
        Judge(Off(row => row % 2), Off(row => 2 * (row % 2)), metric: Metrics.RSquared).Verdict.ShouldBe(Verdict.Passed);
        Judge(Off(row => 2 * (row % 2)), Off(row => row % 2), metric: Metrics.RSquared).Verdict.ShouldBe(Verdict.Failed);
    }

    private static PredictionSet Off(Func<int, double> error, int days = 20) => Sample.Predictions("baseline", days, PerDay, error);

    // Off by 1 on every other day and by much on the days between.
    private static PredictionSet Mixed(double much, bool odd = false) => Off(row => (row / PerDay % 2 == 1) == odd ? much : 1);

    private static GateOutcome Judge(PredictionSet candidate, PredictionSet baseline, bool forCertain = true, Metric? metric = null) =>
        new GateJudge(new() { Metric = metric ?? Metrics.Rmse, Baseline = Baseline.TrainingMean, BaselineForCertain = forCertain }, 1)
            .Judge(candidate, baseline, ChampionPredictions.None).Outcomes().ShouldHaveSingleItem();
}
