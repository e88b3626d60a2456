using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class ReportChartsTests
{
    [Fact]
    public void Each_result_that_exists_has_a_chart() => ReportCharts.Of(Example.Input).Select(chart => chart.Title).ShouldBe(
    [
        "RMSE over runs",
        "Hold-out: daily mean, actual and predicted",
        "Residuals (actual − predicted) by prediction: mean and the middle 80 % of rows",
        "Calibration: mean actual by mean prediction, rows in tenths",
        "Drift by column (population stability index)",
        "Answer times in the contract test, ms",
        "Canary: evidence (ln e-value) over time, with its share of the traffic",
    ]);

    [Fact]
    public void Where_there_is_nothing_to_draw_there_is_no_chart()
    {
        var bare = new Model.ReportInput(Example.Bare, Example.Evidence, null, null);
        var first = Example.Deployment with
        {
            Looks = [.. Example.Deployment.Looks.Select(look => look with { Seen = look.Seen with { BaselineRequests = 0 } })]
        };

        ReportCharts.Of(bare).ShouldBeEmpty();
        ReportCharts.Of(bare with { Deployment = first }).ShouldBeEmpty();
        ReportCharts.Of(bare with { Deployment = Example.Deployment with { Looks = [] } }).ShouldBeEmpty();
        ReportCharts.Of(bare with { Predictions = Example.Predictions(0) }).ShouldBeEmpty();
    }

    [Fact]
    public void The_very_same_data_have_no_chart_of_their_drift() =>
        ReportCharts.Of(Example.Input with { Data = Example.Input.Data! with { Same = true } })
            .ShouldNotContain(chart => chart.Title.StartsWith("Drift", StringComparison.Ordinal));

    [Fact]
    public void What_would_show_a_personal_label_is_not_drawn()
    {
        var contract = Example.Contract with
        {
            Columns = [.. Example.Contract.Columns.Select(column => column with { PersonalData = true })]
        };

        ReportCharts.Of(Example.Input with { Contract = contract })
            .ShouldNotContain(chart => chart.Title.Contains("actual", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_hold_out_of_any_length_is_drawn(int days) =>
        ReportCharts.Of(Example.Input with { Predictions = Example.Predictions(days) })
            .Single(chart => chart.Title.StartsWith("Hold-out", StringComparison.Ordinal))
            .Series.ShouldAllBe(series => series.Points.Count == days);

    [Fact]
    public void Residuals_and_calibration_take_rows_in_tenths_by_prediction()
    {
        var charts = ReportCharts.Of(Example.Input);

        // Every prediction is one too high.
        var residuals = charts.Single(chart => chart.Title.StartsWith("Residuals", StringComparison.Ordinal)).Series.Single().Points;
        residuals.Count.ShouldBe(10);
        residuals.ShouldAllBe(point => Math.Abs(point.Y + 1) < 1e-9 && Math.Abs(point.Lower!.Value + 1) < 1e-9);
        var calibration = charts.Single(chart => chart.Diagonal != null).Series.Single().Points;
        calibration.ShouldAllBe(point => Math.Abs(point.X - point.Y - 1) < 1e-9);
    }

    [Fact]
    public void Runs_are_told_apart_by_model_and_data_and_simulated_ones_are_not_beside_measured_ones()
    {
        var again = Example.Champion with { Id = "20261120T130000.000Z" };
        var simulated = Example.Champion with { Id = "20261120T140000.000Z", Simulated = true, Model = Core.Digest.Of("simulated") };
        var later = Example.Champion with { Id = "20261122T130000.000Z", Model = Core.Digest.Of("later") };

        var points = RunsChart.Of(Example.Run, [later, simulated, again, Example.Champion])!.Series.Single().Points;

        points.ShouldBe([new(0, 43.7, 41, 46), new(1, 42.5, 40.1, 45.2)]);
        RunsChart.Of(Example.Run, [simulated, later]).ShouldBeNull();
    }

    [Fact]
    public void The_levels_above_which_a_canary_ends_are_in_its_chart()
    {
        var kinds = Example.Deployment.Looks[0].Seen.Metrics.Count;

        CanaryChart.Of(Example.Deployment.Looks, new() { FalseAlarm = 0.001, FalsePromotion = 0.02 })!.Levels.Select(level => level.Value)
            .ShouldBe([Math.Log(2 / 0.001), Math.Log(50), Math.Log(2 * kinds / 0.001)], 1e-9);
        CanaryChart.Of(Example.Deployment.Looks, null)!.Levels.ShouldBeEmpty();
    }

    [Fact]
    public void Levels_that_lie_beside_one_another_are_told_in_one_line()
    {
        var looks = Example.Deployment.Looks
            .Select(look => look with { Seen = look.Seen with { Metrics = [look.Seen.Metrics[0]] } }).ToList();

        CanaryChart.Of(looks, new())!.Levels.Select(level => level.Text)
            .ShouldBe(["worse, or bad events, above this: rolled back", "not worse above this: promoted"]);
    }
}
