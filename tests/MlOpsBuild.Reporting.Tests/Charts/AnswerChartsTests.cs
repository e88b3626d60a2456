using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class AnswerChartsTests
{
    [Fact]
    public void Cases_are_counted_by_their_scores_and_those_that_are_always_right_by_themselves()
    {
        var chart = AnswerCharts.Of(Set(0, 0.19, 0.2, 0.5, 0.999, 1, 1)).ShouldHaveSingleItem();

        chart.Series.ShouldHaveSingleItem().Points.Select(point => point.Y).ShouldBe([2, 1, 1, 0, 1, 2]);
        chart.Marks.Select(mark => mark.Text)
            .ShouldBe(["0.0 to 0.2", "0.2 to 0.4", "0.4 to 0.6", "0.6 to 0.8", "0.8 to 1.0", "1, always right"]);
    }

    [Fact]
    public void Without_cases_there_is_no_chart() => AnswerCharts.Of(Set()).ShouldBeEmpty();

    private static PredictionSet Set(params double[] scores) =>
        new("m", [.. scores.Select((_, row) => row)], [.. scores.Select(_ => 1.0)], scores, new Dictionary<string, double[]>())
        {
            Unit = BlockUnit.Row, Figures = new Dictionary<string, double[]>(),
        };
}
