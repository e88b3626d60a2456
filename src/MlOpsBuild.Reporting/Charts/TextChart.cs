using System.Globalization;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>A chart in characters, for places that show no pictures: mail, telephones, terminals.</summary>
public static class TextChart
{
    private const int MostPoints = 60;
    private const int Widest = 20;
    private const int LongestName = 24;

    /// <summary>A line for each series, or for each bar.</summary>
    public static string Draw(Chart chart) => string.Join('\n', chart.Form == ChartForm.Bars ? Bars(chart) : Lines(chart));

    /// <summary>About as many points as fit, evenly taken, the last one always.</summary>
    internal static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, int most) => points.Count <= most
        ? points
        : [.. Enumerable.Range(0, most).Select(index => points[(int)Math.Round(index * (points.Count - 1.0) / (most - 1))])];

    private static IEnumerable<string> Lines(Chart chart)
    {
        var width = chart.Series.Max(series => Name(series.Name).Length);
        var all = chart.Series.SelectMany(series => series.Points)
            .Select(point => point.Y)
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .ToList();
        return chart.Series.Where(series => series.Points.Count > 0).Select(series => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(series.Name).PadRight(width)} {Sparkline.Of([.. Thin(series.Points, MostPoints).Select(point => point.Y)], all.Min(), all.Max())} {Number(series.Points[0].Y)} … {Number(series.Points[^1].Y)}"));
    }

    private static IEnumerable<string> Bars(Chart chart)
    {
        var widest = chart.Series.SelectMany(series => series.Points)
            .Select(point => point.Y)
            .Concat(chart.Levels.Select(level => level.Value))
            .Append(0)
            .Max();
        var names = chart.Series.SelectMany(series => series.Points.Select(point => (
            Name: Name(chart.Series.Count > 1 ? $"{NameAt(chart, point.X)} {series.Name}" : NameAt(chart, point.X)), point.X, point.Y)))
                .OrderBy(bar => bar.X)
                .ToList();
        var width = names.Select(bar => bar.Name.Length).Append(0).Max();
        return names.Select(bar => string.Create(
            CultureInfo.InvariantCulture,
            $"{bar.Name.PadRight(width)} {new string('█', widest > 0 && double.IsFinite(bar.Y) ? (int)Math.Round(Math.Clamp(bar.Y / widest, 0, 1) * Widest) : 0).PadRight(Widest)} {Number(bar.Y)}"));
    }

    private static string NameAt(Chart chart, double at) => chart.Marks.FirstOrDefault(mark => mark.At == at)?.Text ?? "";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    // It stands in a fence, on a line of its own.
    private static string Name(string text)
    {
        var plain = string.Concat(text.ReplaceLineEndings(" ").Where(letter => letter != '`' && !char.IsControl(letter)));
        return plain.Length <= LongestName ? plain : plain[..(LongestName - 1)] + "…";
    }
}
