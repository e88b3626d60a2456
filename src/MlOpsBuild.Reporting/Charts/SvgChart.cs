namespace MlOpsBuild.Reporting.Charts;

/// <summary>A chart as self-contained SVG that follows the page's colours.</summary>
public static class SvgChart
{
    private const int MostMarks = 7;

    // Beyond this many points their intervals are a band.
    private const int MostWhiskers = 24;

    /// <summary>The picture.</summary>
    public static string Draw(Chart chart) => chart.Form == ChartForm.Bars ? SvgBars.Draw(chart) : Lines(chart);

    private static string Lines(Chart chart)
    {
        var (x, y) = (ChartRange.X(chart), ChartRange.Y(chart));
        var canvas = new SvgCanvas(x, y);
        canvas.Axis(MarksOf(chart, x));
        if (chart.Diagonal != null)
        {
            var (from, to) = (Math.Max(x.From, y.From), Math.Min(x.To, y.To));
            canvas.Line([(from, from), (to, to)], "ideal");
        }

        foreach (var (index, series) in chart.Series.Index().Reverse())
        {
            Draw(canvas, series, $"line{index}");
        }

        foreach (var level in chart.Levels)
        {
            canvas.Level(level.Value, "limit", level.Text);
        }

        canvas.Legend(
        [
            .. chart.Series.Index().Select(series => ($"line{series.Index}", series.Item.Name)),
            .. chart.Diagonal is { } diagonal ? [("ideal", diagonal)] : Array.Empty<(string, string)>()
        ]);
        return canvas.ToSvg(chart.Title);
    }

    private static void Draw(SvgCanvas canvas, ChartSeries series, string style)
    {
        var spread = series.Points.Where(point => point is { Lower: not null, Upper: not null }).ToList();
        if (spread.Count > MostWhiskers)
        {
            canvas.Band([.. spread.Select(point => (point.X, point.Lower!.Value, point.Upper!.Value))], style);
        }

        foreach (var point in spread.Where(_ => spread.Count <= MostWhiskers))
        {
            canvas.Whisker((point.X, point.Y), (point.Lower!.Value, point.Upper!.Value), style);
        }

        if (!series.IsScattered)
        {
            canvas.Line(series.Points.Select(point => (point.X, point.Y)), style);
        }

        foreach (var point in series.Points.Where(_ => series.IsScattered || series.Points.Count <= MostWhiskers))
        {
            canvas.Dot((point.X, point.Y), style);
        }
    }

    private static IEnumerable<(double At, string Text)> MarksOf(Chart chart, (double From, double To) x)
    {
        if (chart.Marks.Count == 0)
        {
            return SvgText.Ticks(x.From, x.To > x.From ? x.To : x.From + 1)
                .Select(tick => (tick, tick.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)));
        }

        var every = (chart.Marks.Count + MostMarks - 1) / MostMarks;
        return chart.Marks.Where((_, index) => index % every == 0).Select(mark => (mark.At, mark.Text));
    }
}
