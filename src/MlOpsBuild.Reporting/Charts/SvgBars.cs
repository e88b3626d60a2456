using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>Draws a chart of bars as SVG: horizontal, so that long names have room.</summary>
internal static class SvgBars
{
    private const int Left = 150;
    private const int Right = 70;
    private const int Top = 30;
    private const int Bar = 12;
    private const int Gap = 12;

    public static string Draw(Chart chart)
    {
        var body = new StringBuilder();
        var group = (chart.Series.Count * (Bar + 2)) + Gap;
        var height = Top + (chart.Marks.Count * group) + 24;
        var widest = chart.Series.SelectMany(series => series.Points)
            .Select(point => point.Y)
            .Concat(chart.Levels.Select(level => level.Value))
            .Append(0)
            .Max();
        var scale = (SvgCanvas.Width - Left - Right) / (widest > 0 ? widest : 1);
        var x = (double)Left;
        foreach (var (index, series) in chart.Series.Index().Where(_ => chart.Series.Count > 1))
        {
            Add($"<rect class=\"bar{index}\" x=\"{x:0.#}\" y=\"8\" width=\"14\" height=\"{Bar}\"/><text x=\"{x + 20:0.#}\" y=\"18\">{SvgText.Escape(series.Name)}</text>");
            x += 20 + SvgText.WidthOf(series.Name) + 18;
        }

        foreach (var mark in chart.Marks)
        {
            var y = Top + (mark.At * group);
            Add($"<text x=\"{Left - 8}\" y=\"{y + (group / 2) - 2:0.#}\" text-anchor=\"end\">{SvgText.Escape(SvgText.Fit(mark.Text, Left - 12))}</text>");
            foreach (var (index, series) in chart.Series.Index())
            {
                foreach (var point in series.Points.Where(point => point.X == mark.At))
                {
                    var top = y + (index * (Bar + 2));
                    var width = Math.Max(0, point.Y) * scale;
                    Add($"<rect class=\"bar{index}\" x=\"{Left}\" y=\"{top:0.#}\" width=\"{width:0.#}\" height=\"{Bar}\"/>");
                    Add($"<text x=\"{Left + width + 6:0.#}\" y=\"{top + 10:0.#}\">{point.Y:0.###}</text>");
                }
            }
        }

        foreach (var level in chart.Levels)
        {
            var at = Left + (level.Value * scale);
            Add($"<line class=\"limit\" x1=\"{at:0.#}\" x2=\"{at:0.#}\" y1=\"{Top - 6}\" y2=\"{height - 20}\"/>");
            Add($"<text x=\"{Math.Clamp(at, SvgText.WidthOf(level.Text) / 2, SvgCanvas.Width - (SvgText.WidthOf(level.Text) / 2)):0.#}\" y=\"{height - 6}\" text-anchor=\"middle\">{SvgText.Escape(level.Text)}</text>");
        }

        return SvgText.Picture(chart.Title, SvgCanvas.Width, height, body);

        void Add(FormattableString element) => body.Append(element.ToString(CultureInfo.InvariantCulture));
    }
}
