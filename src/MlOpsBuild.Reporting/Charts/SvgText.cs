using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>What all pictures share: how wide a text is, where an axis is marked, and the frame.</summary>
internal static class SvgText
{
    private const double LetterWidth = 7;

    /// <summary>A generous guess at a text's width, as fonts differ.</summary>
    public static double WidthOf(string text) => text.Length * LetterWidth;

    public static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);

    /// <summary>The text, cut where it would be wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double width) =>
        WidthOf(text) <= width ? text : text[..Math.Max(1, (int)(width / LetterWidth) - 1)] + "…";

    /// <summary>About five round numbers in a range.</summary>
    public static IEnumerable<double> Ticks(double from, double to)
    {
        var rough = (to - from) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(factor => factor * power).First(size => size >= rough);
        for (var tick = Math.Ceiling(from / step) * step; tick <= to + (step / 1000); tick += step)
        {
            // A step's rounding may leave a tiny or negative zero.
            yield return Math.Abs(tick) < step / 1000 ? 0 : tick;
        }
    }

    public static string Picture(string title, int width, int height, StringBuilder body) => string.Create(
        CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">{body}</svg>");
}
