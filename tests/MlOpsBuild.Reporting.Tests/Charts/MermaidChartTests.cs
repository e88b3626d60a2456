using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class MermaidChartTests
{
    [Theory]
    [InlineData("a \"b\" <c> `d`", "a b c d")]
    [InlineData("%%%%% {x}", "% x")]
    [InlineData("`\"<>", "–")]
    [InlineData("", "–")]
    [InlineData("line\nbreak", "line break")]
    public void No_name_ends_its_quotes_or_is_a_comment_or_is_nothing(string name, string shown) =>
        Lines(Bars((name, 1)))[2].ShouldBe($"  x-axis [\"{shown}\"]");

    [Fact]
    public void Equal_names_stay_places_of_their_own() =>
        Lines(Bars(("v1", 1), ("v1", 2), ("v`1", 3)))[2].ShouldBe("  x-axis [\"v1\", \"v1 2\", \"v1 3\"]");

    [Fact]
    public void Bars_of_several_series_stand_beside_each_other_from_zero()
    {
        var chart = Bars(("median", 2), ("99 %", 5)) with
        {
            Series = [new("new", [new(0, 2), new(1, 5)]), new("old", [new(0, 3), new(1, 4)])]
        };

        Lines(chart)[1..].ShouldBe(
        [
            "xychart-beta horizontal", "  x-axis [\"median new\", \"median old\", \"99 % new\", \"99 % old\"]", "  y-axis 0 --> 5.24",
            "  bar [2, 3, 5, 4]"
        ]);
    }

    [Fact]
    public void Values_at_uneven_places_are_taken_evenly_with_diagonal_and_levels_as_lines()
    {
        var chart = new Chart
        {
            Title = "t", Form = ChartForm.Lines, Diagonal = "ideal", Levels = [new(5, "limit")],
            Series = [new("actual", [new(0, 0), new(1, 10), new(15, 24)])]
        };

        Lines(chart)[2..].ShouldBe(
        [
            "  x-axis 0 --> 15", "  y-axis 0 --> 25.92", "  line [0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]",
            "  line [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]", "  line [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]",
        ]);
        MermaidChart.Legend(chart).ShouldBe("blue: actual, orange: ideal, green: limit");
    }

    [Fact]
    public void Few_named_places_keep_their_names_and_many_are_a_range()
    {
        Lines(Named(3))[2].ShouldBe("  x-axis [\"p0\", \"p1\", \"p2\"]");
        Lines(Named(30))[2].ShouldBe("  x-axis \"p0 to p29\" 0 --> 29");
    }

    [Fact]
    public void Every_chart_of_a_report_is_short_enough()
    {
        foreach (var chart in ReportCharts.Of(Example.Input))
        {
            MermaidChart.Draw(chart)!.Length.ShouldBeInRange(30, MermaidChart.Longest, chart.Title);
        }
    }

    [Fact]
    public void What_cannot_be_drawn_is_not()
    {
        MermaidChart.Draw(new() { Title = "t", Form = ChartForm.Lines, Series = [new("x", [new(0, 5)])] }).ShouldBeNull();
        MermaidChart.Draw(new() { Title = "t", Form = ChartForm.Lines, Series = [new("x", [new(0, 5), new(1, double.NaN)])] })
            .ShouldBeNull();
        MermaidChart.Draw(Bars((new string('x', 800), 1))).ShouldBeNull();
        MermaidChart.Draw(Bars()).ShouldBeNull();
    }

    private static string[] Lines(Chart chart) => MermaidChart.Draw(chart)!.TrimEnd('\n').Split('\n');

    private static Chart Bars(params (string Name, double Value)[] bars) => new()
    {
        Title = "t", Form = ChartForm.Bars, Marks = [.. bars.Select((bar, index) => new ChartMark(index, bar.Name))],
        Series = [new("s", [.. bars.Select((bar, index) => new ChartPoint(index, bar.Value))])],
    };

    private static Chart Named(int places) => new()
    {
        Title = "t", Form = ChartForm.Lines, Marks = [.. Enumerable.Range(0, places).Select(place => new ChartMark(place, $"p{place}"))],
        Series = [new("s", [.. Enumerable.Range(0, places).Select(place => new ChartPoint(place, place))])],
    };
}
