using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>Draws simple charts as SVG whose colours are the page's CSS variables.</summary>
internal sealed class SvgCanvas
{
    public const int Width = 720;
    public const int Height = 240;
    private const int Left = 56;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 28;
    private readonly StringBuilder _body = new();
    private readonly (double From, double To) _x;
    private readonly (double From, double To) _y;

    public SvgCanvas((double From, double To) x, (double From, double To) y)
    {
        _x = Wider(x);
        _y = Wider(y);
    }

    public void Axis(IEnumerable<(double At, string Text)> marks)
    {
        foreach (var (at, text) in marks)
        {
            Add($"<text x=\"{X(at):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(text)}</text>");
        }

        foreach (var tick in Ticks())
        {
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>");
            Add($"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{tick:0.##}</text>");
        }
    }

    public void Line(IEnumerable<(double X, double Y)> points, string style) =>
        Add($"<polyline class=\"{style}\" points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")))}\"/>");

    public void Level(double y, string style, string text)
    {
        Add($"<line class=\"{style}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\"/>");
        Add($"<text x=\"{Width - Right - 4}\" y=\"{Y(y) - 5:0.#}\" text-anchor=\"end\">{Escape(text)}</text>");
    }

    public void Legend(params (string Style, string Text)[] entries)
    {
        foreach (var (index, (style, text)) in entries.Index())
        {
            var x = Left + 8 + (index * 150);
            Add($"<line class=\"{style}\" x1=\"{x}\" x2=\"{x + 22}\" y1=\"{Top + 8}\" y2=\"{Top + 8}\"/><text x=\"{x + 28}\" y=\"{Top + 12}\">{Escape(text)}</text>");
        }
    }

    public string ToSvg(string title) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(title)}\">{_body}</svg>");

    private static (double From, double To) Wider((double From, double To) range) => range.To > range.From ? range : (range.From - 0.5, range.To + 0.5);

    private static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);

    private double X(double value) => Left + ((value - _x.From) / (_x.To - _x.From) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - ((value - _y.From) / (_y.To - _y.From) * (Height - Top - Bottom));

    private IEnumerable<double> Ticks()
    {
        var rough = (_y.To - _y.From) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(size => size >= rough);
        for (var tick = Math.Ceiling(_y.From / step) * step; tick <= _y.To + (step / 1000); tick += step)
        {
            // A step's rounding may leave a tiny or negative zero.
            yield return Math.Abs(tick) < step / 1000 ? 0 : tick;
        }
    }

    private void Add(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture));
}
