using System.Xml.Linq;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class ReportChartsTests
{
    [Fact]
    public void Predictions_and_a_canary_give_a_chart_each()
    {
        var charts = ReportCharts.Of(Example.Input).ToList();

        charts.Select(chart => chart.Title).ShouldBe(["Hold-out: daily mean, actual and predicted", "Canary: strongest evidence of harm (ln e-value) over time"]);
        charts.ShouldAllBe(chart => XElement.Parse(chart.Svg).Name.LocalName == "svg");
        charts[0].Text.Split('\n').ShouldAllBe(line => line.Split(' ')[1].Length == 14);
        charts[1].Text.ShouldBe("evidence of harm █▅▁");
    }

    [Fact]
    public void Where_there_is_nothing_to_draw_there_is_no_chart()
    {
        var first = Example.Deployment with { Looks = [.. Example.Deployment.Looks.Select(look => look with { BaselineRequests = 0 })] };

        ReportCharts.Of(Example.Input with { Predictions = null, Deployment = null }).ShouldBeEmpty();
        ReportCharts.Of(Example.Input with { Predictions = null, Deployment = first }).ShouldBeEmpty();
        ReportCharts.Of(Example.Input with { Predictions = null, Deployment = Example.Deployment with { Looks = [] } }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_hold_out_of_any_length_is_drawn(int days)
    {
        var svg = XElement.Parse(ReportCharts.Of(Example.Input with { Predictions = Example.Predictions(days), Deployment = null }).Single().Svg);

        svg.Elements().Where(element => element.Name.LocalName == "polyline").ShouldAllBe(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.None).Length == days);
    }

    [Fact]
    public void The_level_above_which_a_canary_is_rolled_back_is_drawn_in_the_frame()
    {
        var svg = XElement.Parse(ReportCharts.Of(Example.Input with { Predictions = null }).Single().Svg);

        var level = svg.Elements().Single(element => (string?)element.Attribute("class") == "limit");
        double.Parse(level.Attribute("y1")!.Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(12, 212);
    }
}
