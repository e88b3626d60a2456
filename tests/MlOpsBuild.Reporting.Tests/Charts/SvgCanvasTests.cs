using System.Globalization;
using System.Xml.Linq;

namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class SvgCanvasTests
{
    [Fact]
    public void Whatever_is_drawn_is_well_formed_and_inside_the_frame()
    {
        var canvas = new SvgCanvas((0, 10), (0, 100));
        canvas.Axis([(0, "Nov 1"), (10, "<Dec> & \"1\"")]);
        canvas.Line([(0, 0), (5, 100), (10, 50)], "actual");
        canvas.Level(80, "limit", "rolled back above > this");
        canvas.Legend(("actual", "actual"), ("predicted", "predicted"));

        var svg = XElement.Parse(canvas.ToSvg("A \"title\" & <more>"));

        svg.Attribute("viewBox")!.Value.ShouldBe("0 0 640 250");
        svg.Attribute("aria-label")!.Value.ShouldBe("A \"title\" & <more>");
        svg.Elements().Where(element => element.Name.LocalName == "text").ShouldContain(text => text.Value == "<Dec> & \"1\"");
        Coordinates(svg, "x1", "x2", "x").ShouldAllBe(x => x >= 0 && x <= SvgCanvas.Width);
        Coordinates(svg, "y1", "y2", "y").ShouldAllBe(y => y >= 0 && y <= SvgCanvas.Height);
    }

    [Fact]
    public void Larger_values_are_higher_and_later_ones_further_right()
    {
        var canvas = new SvgCanvas((0, 1), (0, 1));
        canvas.Line([(0, 0), (1, 1)], "actual");

        var points = Points(XElement.Parse(canvas.ToSvg("line")));

        points[1].X.ShouldBeGreaterThan(points[0].X);
        points[1].Y.ShouldBeLessThan(points[0].Y);
        points.ShouldBe([(60, 222), (626, 30)]);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(0, 1e-9)]
    [InlineData(-1e12, 1e12)]
    [InlineData(1e20, 1.0000000000000016384e20)]
    public void A_range_without_width_or_of_any_size_is_drawn(double from, double to)
    {
        var canvas = new SvgCanvas((from, to), (from, to));
        canvas.Axis([(from, "here")]);
        canvas.Line([(from, from), (to, to)], "actual");

        var svg = XElement.Parse(canvas.ToSvg("line"));

        Points(svg).ShouldAllBe(point => double.IsFinite(point.X) && double.IsFinite(point.Y));
        svg.Elements().Count(element => (string?)element.Attribute("class") == "grid").ShouldBeInRange(0, 13);
    }

    [Fact]
    public void Ticks_are_round_numbers_within_the_range()
    {
        var canvas = new SvgCanvas((0, 1), (0, 47));
        canvas.Axis([]);

        XElement.Parse(canvas.ToSvg("ticks")).Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value)
            .ShouldBe(["0", "10", "20", "30", "40"]);
    }

    [Fact]
    public void Numbers_have_points_in_any_country()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            var canvas = new SvgCanvas((0, 3), (0, 1));
            canvas.Axis([(1, "x")]);
            canvas.Line([(1, 0.3), (2, 0.7)], "actual");
            canvas.Level(0.123, "limit", "y");

            Points(XElement.Parse(canvas.ToSvg("line"))).Count.ShouldBe(2);
            Coordinates(XElement.Parse(canvas.ToSvg("line")), "x", "y", "y1").ShouldAllBe(value => value < 1000);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static List<double> Coordinates(XElement svg, params string[] names) =>
        [.. svg.Elements()
            .SelectMany(element => names.Select(name => (string?)element.Attribute(name)))
            .OfType<string>()
            .Select(value => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static List<(double X, double Y)> Points(XElement svg) =>
        [.. svg.Elements()
            .Single(element => element.Name.LocalName == "polyline")
            .Attribute("points")!
            .Value.Split(' ')
            .Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture)))];
}
