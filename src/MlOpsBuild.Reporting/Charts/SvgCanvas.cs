using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>Draws points of two axes as SVG whose colours are the page's CSS variables.</summary>
internal sealed class SvgCanvas
{
    public const int Width = 640;
    public const int Height = 250;
    private const int Left = 60;
    private const int Right = 14;
    private const int Top = 30;
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
        // A mark that would run into the one before is left out.
        var end = double.NegativeInfinity;
        foreach (var (at, text) in marks)
        {
            var half = SvgText.WidthOf(text) / 2;
            var centre = Math.Clamp(X(at), half + 2, Width - half - 2);
            if (centre - half > end + 6)
            {
                Add($"<text x=\"{centre:0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{SvgText.Escape(text)}</text>");
                end = centre + half;
            }
        }

        foreach (var tick in SvgText.Ticks(_y.From, _y.To))
        {
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>");
            Add($"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{tick:0.####}</text>");
        }
    }

    public void Line(IEnumerable<(double X, double Y)> points, string style) =>
        Add($"<polyline class=\"{style}\" points=\"{Path(points)}\"/>");

    /// <summary>What lies between two lines.</summary>
    public void Band(IReadOnlyList<(double X, double Lower, double Upper)> points, string style) =>
        Add($"<polygon class=\"band {style}\" points=\"{Path(points.Select(point => (point.X, point.Lower)).Concat(points.Reverse().Select(point => (point.X, point.Upper))))}\"/>");

    /// <summary>A point, and from where to where it may lie.</summary>
    public void Whisker((double X, double Y) point, (double Lower, double Upper) interval, string style) =>
        Add($"<line class=\"{style}\" x1=\"{X(point.X):0.#}\" x2=\"{X(point.X):0.#}\" y1=\"{Y(interval.Lower):0.#}\" y2=\"{Y(interval.Upper):0.#}\"/>");

    public void Dot((double X, double Y) point, string style) =>
        Add($"<circle class=\"{style}\" cx=\"{X(point.X):0.#}\" cy=\"{Y(point.Y):0.#}\" r=\"3\"/>");

    public void Level(double y, string style, string text)
    {
        Add($"<line class=\"{style}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\"/>");
        Add($"<text x=\"{Width - Right - 4}\" y=\"{Y(y) - 5:0.#}\" text-anchor=\"end\">{SvgText.Escape(text)}</text>");
    }

    public void Legend(params IReadOnlyList<(string Style, string Text)> entries)
    {
        var x = (double)Left;
        foreach (var (style, text) in entries)
        {
            Add($"<line class=\"{style}\" x1=\"{x:0.#}\" x2=\"{x + 22:0.#}\" y1=\"14\" y2=\"14\"/><text x=\"{x + 28:0.#}\" y=\"18\">{SvgText.Escape(text)}</text>");
            x += 28 + SvgText.WidthOf(text) + 18;
        }
    }

    public string ToSvg(string title) => SvgText.Picture(title, Width, Height, _body);

    private static (double From, double To) Wider((double From, double To) range) =>
        range.To > range.From ? range : (range.From - 0.5, range.To + 0.5);

    private string Path(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));

    private double X(double value) => Left + ((value - _x.From) / (_x.To - _x.From) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - ((value - _y.From) / (_y.To - _y.From) * (Height - Top - Bottom));

    private void Add(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture));
}
