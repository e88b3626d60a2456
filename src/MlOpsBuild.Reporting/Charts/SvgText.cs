using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>What all pictures share: how wide a text is, where an axis is marked, and the frame.</summary>
internal static class SvgText
{
    private const double LetterWidth = 7;
    private const int MostTicks = 12;

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
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(factor => factor * power).FirstOrDefault(size => size >= rough);

        // Where numbers are too large or too close for a step to change them there is nothing to mark.
        if (!double.IsFinite(step) || from + step <= from || to - step >= to)
        {
            yield break;
        }

        var first = Math.Ceiling(from / step);
        for (var index = 0; index <= MostTicks && (first + index) * step <= to + (step / 1000); index++)
        {
            yield return (first + index) * step;
        }
    }

    public static string Picture(string title, int width, int height, StringBuilder body) => string.Create(
        CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">{body}</svg>");
}
