using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>
/// A chart as Mermaid's <c>xychart-beta</c> (older engines know only this name), small enough for the hosts' limits. It has no
/// intervals and no legend, so that the text beside it tells which line is which.
/// </summary>
public static class MermaidChart
{
    /// <summary>Characters a chart may have: GitLab draws blocks by itself only while the page's blocks together are small.</summary>
    public const int Longest = 700;

    private const int MostPoints = 14;

    /// <summary>The text without a fence; null where it would be too long or there is nothing to draw.</summary>
    public static string? Draw(Chart chart)
    {
        var series = chart.Series.Select(line => TextChart.Thin(line.Points, MostPoints)).Where(points => points.Count > 1 && points.All(point => double.IsFinite(point.Y))).ToList();
        if (series.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder($"xychart-beta\n  title {Quoted(chart.Title)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  x-axis {Axis(chart)}\n");
        foreach (var points in series)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {(chart.Form == ChartForm.Bars ? "bar" : "line")} [{string.Join(", ", points.Select(point => point.Y.ToString("0.###", CultureInfo.InvariantCulture)))}]\n");
        }

        return text.Length <= Longest ? text.ToString() : null;
    }

    private static string Axis(Chart chart)
    {
        var points = TextChart.Thin(chart.Series[0].Points, MostPoints);
        var names = points.Select(point => chart.Marks.FirstOrDefault(mark => mark.At == point.X)?.Text).OfType<string>().ToList();
        return names.Count == points.Count
            ? $"[{string.Join(", ", names.Select(Quoted))}]"
            : string.Create(CultureInfo.InvariantCulture, $"{points[0].X:0.###} --> {(points[^1].X > points[0].X ? points[^1].X : points[0].X + 1):0.###}");
    }

    // A quoted text of Mermaid has no escapes.
    private static string Quoted(string text) => $"\"{string.Concat(text.ReplaceLineEndings(" ").Where(letter => letter is not ('"' or '`' or '<' or '>' or '&' or '#' or ';' or '@' or '{' or '}') && !char.IsControl(letter))).Replace("%%", "%", StringComparison.Ordinal)}\"";
}
