using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Reporting.Charts;

namespace MlOpsBuild.Reporting.Tuning.Tests;

public sealed class TuningChartsTests
{
    [Fact]
    public void Where_more_is_better_the_best_so_far_rises()
    {
        var charts = new TuningCharts(Result(Direction.HigherIsBetter, Trial(1, 0.5, "1"), Trial(2, 0.4, "2"), Trial(3, 0.8, "3")));

        charts.Course.Series[0].Points.Select(point => point.Y).ShouldBe([0.5, 0.5, 0.8]);
        charts.Course.Series[1].IsScattered.ShouldBeTrue();
    }

    [Fact]
    public void Trials_on_few_rows_and_without_a_value_are_in_no_picture()
    {
        var charts = new TuningCharts(Result(
            Direction.LowerIsBetter, Trial(1, 5, "1"), Trial(2, 1, "2") with { Share = 1.0 / 9 },
            Trial(3, 4, "3") with { Failure = "broke" }, Trial(4, 3, "4")));

        charts.Course.Series[1].Points.Select(point => point.X).ShouldBe([1, 4]);
        charts.Parameters.Single().Series[0].Points.Select(point => point.X).ShouldBe([1, 4]);
    }

    [Fact]
    public void Values_by_factors_stand_on_a_scale_of_factors_in_their_order()
    {
        var result = Result(Direction.LowerIsBetter, Trial(1, 5, "100"), Trial(2, 4, "0.01"), Trial(3, 3, "1")) with
        {
            Ranges = [new NumberRange("rate", "1", 0.001, 1000, false, true)],
        };

        var chart = new TuningCharts(result).Parameters.Single();

        chart.Marks.Select(mark => (Math.Round(mark.At, 3), mark.Text)).ShouldBe(
            [(-2, "0.01"), (-1.699, "0.02"), (-1.301, "0.05"), (-1, "0.1"), (-0.699, "0.2"), (-0.301, "0.5"), (0, "1"), (0.301, "2"),
            (0.699, "5"), (1, "10"), (1.301, "20"), (1.699, "50"), (2, "100")]);
        chart.Series[0].Points.Select(point => (point.X, point.Y)).ShouldBe([(-2, 4), (0, 3), (2, 5)]);
    }

    [Fact]
    public void Texts_and_parameters_that_one_trial_asked_for_have_no_picture() =>
        new TuningCharts(Result(Direction.LowerIsBetter, Trial(1, 5, "1")) with
        {
            Ranges = [new ChoiceRange("family", "a", ["a", "b"]), new NumberRange("rate", "1", 0, 5, false, false)],
        }).Parameters.ShouldBeEmpty();

    /// <summary>Dots without a line; the line of another series stays one.</summary>
    [Fact]
    public void What_is_scattered_is_not_joined()
    {
        var trials = Enumerable.Range(1, 60).Select(number => Trial(number, number % 7, $"{number}")).ToArray();
        var chart = new TuningCharts(Result(Direction.LowerIsBetter, trials)).Course;

        var svg = SvgChart.Draw(chart);

        svg.Split("<polyline").Length.ShouldBe(2);
        svg.Split("<circle").Length.ShouldBeGreaterThan(60);
    }

    private static TuningTrial Trial(int number, double value, string rate) =>
        new(number, new Dictionary<string, string> { ["rate"] = rate }, 1, [value]);

    private static TuningResult Result(Direction direction, params TuningTrial[] trials) => new(
        SearchMethod.Random, 1, "RMSE", direction, 1, [new NumberRange("rate", "1", 0, 5, false, false)], trials, 1, null);
}
