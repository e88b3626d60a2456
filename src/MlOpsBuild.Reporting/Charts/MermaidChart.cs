using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>
/// A chart as Mermaid's <c>xychart-beta</c> (older engines know only this name), small enough for the hosts' limits. It has neither
/// intervals nor a legend: <see cref="Legend"/> says which colour is what.
/// </summary>
public static partial class MermaidChart
{
    /// <summary>Characters a chart may have: GitLab draws blocks by itself only while the page's blocks together are small.</summary>
    public const int Longest = 700;

    // Colours that are seen on white and on black; the engine's own first one is not.
    private const string Palette =
        """%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#1f6feb, #bc4c00, #1a7f37, #8250df"}}}}%%""";
    private const int Samples = 16;
    private const int MostNames = 7;
    private const int MostBars = 14;
    private static readonly string[] Colours = ["blue", "orange", "green", "purple"];

    /// <summary>The text without a fence; null where it would be too long or there is nothing to draw.</summary>
    public static string? Draw(Chart chart)
    {
        var text = chart.Form == ChartForm.Bars ? Bars(chart) : Lines(chart);
        return text?.Length <= Longest ? text : null;
    }

    /// <summary>Which colour is what; empty for a single line and for bars, which have names.</summary>
    public static string Legend(Chart chart)
    {
        var names = Drawn(chart)
            .Select(series => series.Name)
            .Concat(chart.Diagonal is { } diagonal ? [diagonal] : [])
            .Concat(chart.Levels.Select(level => level.Text))
            .Take(Colours.Length)
            .ToList();
        return chart.Form == ChartForm.Bars || names.Count < 2
            ? ""
            : string.Join(", ", names.Select((name, index) => $"{Colours[index]}: {name}"));
    }

    private static List<ChartSeries> Drawn(Chart chart) =>
        [.. chart.Series.Where(series => series.Points.Count > 1
            && series.Points.All(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))];

    private static string? Lines(Chart chart)
    {
        var series = Drawn(chart);
        if (series.Count == 0)
        {
            return null;
        }

        // Few named places are shown by name; else the axis is a number line, and values are taken evenly along it.
        var names = chart.Marks.Count <= MostNames
            ? series[0].Points.Select(point => chart.Marks.FirstOrDefault(mark => mark.At == point.X)?.Text).OfType<string>().ToList()
            : [];
        var named = names.Count == series[0].Points.Count
            && series.All(line => line.Points.Select(point => point.X).SequenceEqual(series[0].Points.Select(point => point.X)));
        var (from, to) = ChartRange.X(chart);
        var places = named
            ? [.. series[0].Points.Select(point => point.X)]
            : Enumerable.Range(0, Samples).Select(index => from + (index * (to - from) / (Samples - 1))).ToList();
        var (low, high) = ChartRange.Y(chart);
        var shift = chart.Marks.Count > 0 ? from : 0;
        var text = new StringBuilder($"{Palette}\nxychart-beta\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"  x-axis {(named ? $"[{Names(names)}]" : $"{(chart.Marks.Count > 0 ? Quoted($"{chart.Marks[0].Text} to {chart.Marks[^1].Text}") + " " : "")}{from - shift:G4} --> {to - shift:G4}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"  y-axis {low:G4} --> {(high > low ? high : low + 1):G4}\n");
        foreach (var line in series.Select(line => places.Select(x => At(line, x)))
            .Concat(chart.Diagonal != null ? [places] : [])
            .Concat(chart.Levels.Select(level => places.Select(_ => level.Value))))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  line [{string.Join(", ", line.Select(y => y.ToString("G4", CultureInfo.InvariantCulture)))}]\n");
        }

        return text.ToString();
    }

    // Bars of several series would hide each other: each has a name and a place of its own.
    private static string? Bars(Chart chart)
    {
        var bars = chart.Marks
            .SelectMany(mark => chart.Series.SelectMany(
                series => series.Points.Where(point => point.X == mark.At && double.IsFinite(point.Y)).Select(point => (
                    Name: chart.Series.Count > 1 ? $"{mark.Text} {series.Name}" : mark.Text, point.Y)))).Take(MostBars).ToList();
        var (low, high) = ChartRange.Y(chart);
        return bars.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"""
            {Palette}
            xychart-beta horizontal
              x-axis [{Names([.. bars.Select(bar => bar.Name)])}]
              y-axis {low:G4} --> {(high > low ? high : low + 1):G4}
              bar [{string.Join(", ", bars.Select(bar => bar.Y.ToString("G4", CultureInfo.InvariantCulture)))}]

            """);
    }

    private static double At(ChartSeries line, double x)
    {
        var after = line.Points.ToList().FindIndex(point => point.X >= x);
        if (after <= 0)
        {
            return line.Points[after < 0 ? ^1 : 0].Y;
        }

        var (left, right) = (line.Points[after - 1], line.Points[after]);
        return right.X > left.X ? left.Y + ((x - left.X) / (right.X - left.X) * (right.Y - left.Y)) : right.Y;
    }

    // Equal names would be one place.
    private static string Names(IReadOnlyList<string> names) =>
        string.Join(
            ", ",
            names.Select((name, index) => names.Take(index).Count(before => Plain(before) == Plain(name)) is > 0 and var times
                ? $"\"{Plain(name)} {times + 1}\""
                : Quoted(name)));

    private static string Quoted(string text) => $"\"{Plain(text)}\"";

    // A quoted text of Mermaid has no escapes, is not empty, and has no comment in it.
    private static string Plain(string text)
    {
        var plain = Comment().Replace(
            string.Concat(text.ReplaceLineEndings(" ").Where(
                letter => letter is not ('"' or '`' or '<' or '>' or '&' or '#' or ';' or '@' or '{' or '}') && !char.IsControl(letter))),
            "%");
        return string.IsNullOrWhiteSpace(plain) ? "–" : plain;
    }

    [GeneratedRegex("%{2,}")]
    private static partial Regex Comment();
}
