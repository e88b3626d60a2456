using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

/// <summary>Scores of answers, and what they cost.</summary>
public sealed class FigureMetricTests
{
    private static readonly PredictionSet Answers = new(
        "m", [0, 1, 2, 3], [1, 1, 1, 1], [1, 0.5, 0, 0.5], new Dictionary<string, double[]> { ["even"] = [1, 0, 1, 0] })
    {
        Unit = BlockUnit.Row,
        Figures = new Dictionary<string, double[]>
        {
            ["cost"] = [1, 2, 3, 4], ["tokens"] = [10, 20, 30, 60], ["judge tone"] = [0.25, 0.5, 0.75, 1],
        },
    };

    [Fact]
    public void They_are_means_over_cases()
    {
        Metrics.MeanScore.Of(Answers).ShouldBe(0.5);
        Metrics.CostPerThousandAnswers.Of(Answers).ShouldBe(2.5);
        Metrics.TokensPerAnswer.Of(Answers).ShouldBe(30);
        Metrics.Score("judge tone").Of(Answers).ShouldBe(0.625);
        Metrics.MeanScore.Of(Answers.Part([1, 2])).ShouldBe(0.25);
        Metrics.TokensPerAnswer.Of(Answers.Part([3])).ShouldBe(60);
    }

    [Fact]
    public void A_score_is_better_when_it_is_higher_and_a_cost_when_it_is_lower()
    {
        (Metrics.MeanScore.Direction, Metrics.Score("x").Direction).ShouldBe((Direction.HigherIsBetter, Direction.HigherIsBetter));
        (Metrics.CostPerThousandAnswers.Direction, Metrics.TokensPerAnswer.Direction)
            .ShouldBe((Direction.LowerIsBetter, Direction.LowerIsBetter));
        Metrics.MeanScore.Loss.ShouldBe(RowLoss.AbsoluteError, "what an answer lacks to 1, which a canary compares");
    }

    [Fact]
    public void What_is_not_known_of_a_case_is_undefined()
    {
        var unpriced = Answers with { Figures = new Dictionary<string, double[]> { ["tokens"] = [1, 2, 3, 4] } };

        var cost = Metrics.CostPerThousandAnswers.ValueOf(unpriced);

        double.IsNaN(cost.Value).ShouldBeTrue();
        cost.Undefined.ShouldBe("it is not known of every case");
    }

    [Fact]
    public void A_report_shows_what_there_is_and_no_metric_of_numbers()
    {
        Metrics.ShownOf(Answers).Select(metric => metric.Name)
            .ShouldBe(["Score", "Cost per 1,000 answers", "Tokens per answer"], "the score of one scorer alone is the score");
        Metrics.ShownOf(Answers with { Figures = new Dictionary<string, double[]> { ["exact"] = [], ["contains"] = [] } })
            .Select(metric => metric.Name).ShouldBe(["Score", "Score: contains", "Score: exact"]);
        Metrics.ShownOf(Answers with { Figures = null }).ShouldContain(Metrics.Rmse);
        MetricTable.Of(Answers, [Metrics.Rmse, Metrics.MeanScore]).ShouldAllBe(metric => metric.Name != "RMSE");
        MetricTable.Of(Answers with { Figures = null }, [Metrics.MeanScore]).ShouldAllBe(metric => metric.Name != "Score");
    }

    [Fact]
    public void They_measure_no_classes()
    {
        Metrics.MeanScore.Suits(null).ShouldBeTrue();
        Metrics.MeanScore.Suits(new ClassSet(["a", "b"])).ShouldBeFalse();
        (Metrics.MeanScore.OfAnswers, Metrics.Rmse.OfAnswers).ShouldBe((true, false));
    }

    /// <summary>The noise of the answers is in their cases, which are resampled whole.</summary>
    [Fact]
    public void A_difference_of_scores_has_an_interval_over_cases()
    {
        var random = new SplitMix64(3);
        var (mine, theirs) = (Scores(0.9), Scores(0.5));

        var interval = PairedBlockBootstrap.Difference(Metrics.MeanScore, mine, theirs, 0.95, 1).ShouldNotBeNull();

        interval.Lower.ShouldBeGreaterThan(0.25);
        interval.Upper.ShouldBeLessThan(0.55);

        PredictionSet Scores(double right) => new(
            "m", [.. Enumerable.Range(0, 80)], [.. Enumerable.Repeat(1.0, 80)],
            [.. Enumerable.Range(0, 80).Select(_ => Enumerable.Range(0, 3).Average(_ => random.NextDouble() < right ? 1.0 : 0))],
            new Dictionary<string, double[]>())
        {
            Unit = BlockUnit.Row, Figures = new Dictionary<string, double[]>(),
        };
    }

    [Fact]
    public void They_come_back_from_a_file_with_their_figures()
    {
        var copy = CanonicalJson.Deserialize<PredictionSet>(CanonicalJson.Serialize(Answers));

        copy.Figures!["cost"].ShouldBe(Answers.Figures!["cost"]);
        Metrics.Score("judge tone").Of(copy).ShouldBe(0.625);
    }
}
