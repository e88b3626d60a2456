using System.Globalization;
using System.Xml.Linq;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Charts.Tests;

/// <summary>The three drawings of one chart.</summary>
public sealed class DrawingTests
{
    private static readonly Chart Bars = new()
    {
        Title = "Drift", Form = ChartForm.Bars, Marks = [new(0, "temp"), new(1, "a \"name\" <b> ```")],
        Series = [new("index", [new(0, 0.3), new(1, 0.15)])], Levels = [new(0.1, "usual")],
    };

    [Fact]
    public void Every_chart_is_well_formed_as_a_picture_with_a_name() =>
        ReportCharts.Of(Example.Input).Append(Bars).ShouldAllBe(chart => IsPicture(SvgChart.Draw(chart)));

    [Fact]
    public void Levels_lines_and_bars_stay_in_the_frame()
    {
        foreach (var chart in ReportCharts.Of(Example.Input).Append(Bars))
        {
            var svg = XElement.Parse(SvgChart.Draw(chart));
            var box = ((string)svg.Attribute("viewBox")!)
                .Split(' ')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture))
                .ToArray();
            foreach (var element in svg.Elements())
            {
                Places(element, "x").ShouldAllBe(x => x >= 0 && x <= box[2], $"{chart.Title}: {element}");
                Places(element, "y").ShouldAllBe(y => y >= 0 && y <= box[3], $"{chart.Title}: {element}");
            }
        }
    }

    [Fact]
    public void Few_points_have_whiskers_and_many_a_band()
    {
        Picture(24).Elements().Count(element => element.Name.LocalName == "circle").ShouldBe(24);
        Picture(24).Elements().ShouldNotContain(element => element.Name.LocalName == "polygon");
        Picture(25).Elements().Count(element => element.Name.LocalName == "polygon").ShouldBe(1);

        static XElement Picture(int points) => XElement.Parse(SvgChart.Draw(new()
        {
            Title = "many", Form = ChartForm.Lines,
            Series = [new("value", [.. Enumerable.Range(0, points).Select(x => new ChartPoint(x, x, x - 1, x + 1))])],
        }));
    }

    [Fact]
    public void In_characters_a_bar_is_as_long_as_its_value_and_names_stay_on_their_line() =>
        TextChart.Draw(Bars).ShouldBe($"temp          {new string('█', 20)} 0.3\na \"name\" <b>  {new string('█', 10).PadRight(20)} 0.15");

    [Fact]
    public void In_characters_a_line_says_where_it_begins_and_ends()
    {
        var chart = new Chart
        {
            Title = "t", Form = ChartForm.Lines, Series = [new("actual", [new(0, 1), new(1, 3), new(2, 2)]), new("x", [new(0, 5)])]
        };

        TextChart.Draw(chart).ShouldBe("actual ▁▅▃ 1 … 2\nx      █ 5 … 5");
    }

    private static bool IsPicture(string svg) => XElement.Parse(svg) is { Name.LocalName: "svg" } picture
        && (string?)picture.Attribute("role") == "img"
        && ((string?)picture.Attribute("aria-label"))!.Length > 0;

    private static IEnumerable<double> Places(XElement element, string axis)
    {
        var points = ((string?)element.Attribute("points"))?.Split(' ').Select(pair => pair.Split(',')[axis == "x" ? 0 : 1]) ?? [];
        return new[] { axis, axis + "1", axis + "2", "c" + axis }
            .Select(name => (string?)element.Attribute(name))
            .OfType<string>()
            .Concat(points)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture));
    }
}
