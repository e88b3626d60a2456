namespace MlOpsBuild.Reporting.Charts;

/// <summary>From where to where a chart reaches; every drawing of it the same.</summary>
internal static class ChartRange
{
    private const double Air = 0.08;

    public static (double From, double To) X(Chart chart) => Of(chart.Series.SelectMany(series => series.Points).Select(point => point.X));

    /// <summary>Values, their intervals and the levels, with a little air; from zero where zero is near.</summary>
    public static (double From, double To) Y(Chart chart)
    {
        var points = chart.Series.SelectMany(series => series.Points);
        var (from, to) = Of(points.SelectMany(point => (double[])[point.Y, point.Lower ?? point.Y, point.Upper ?? point.Y])
            .Concat(chart.Levels.Select(level => level.Value)));
        var air = (to - from) * Air;
        return (chart.Form == ChartForm.Bars || (from >= 0 && from <= to / 3) ? Math.Min(0, from) : from - air, to + air);
    }

    private static (double From, double To) Of(IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        return known.Count == 0 ? (0, 1) : (known.Min(), known.Max());
    }
}
