using System.Globalization;
using System.Text;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>Draws counts side by side as upright bars, small enough to stand in a table.</summary>
internal static class SvgHistogram
{
    private const int Height = 48;

    /// <summary>The picture.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="counts">One bar each, none negative.</param>
    /// <param name="width">Its width.</param>
    public static string Draw(string title, IReadOnlyList<long> counts, int width)
    {
        var body = new StringBuilder();
        var (highest, bar) = (Math.Max(1, counts.DefaultIfEmpty(0).Max()), (double)width / Math.Max(1, counts.Count));
        foreach (var (index, count) in counts.Index().Where(count => count.Item > 0))
        {
            // What occurs can be seen.
            var height = Math.Max(1, (double)count / highest * (Height - 2));
            body.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"bar0\" x=\"{(index * bar) + 0.5:0.#}\" y=\"{Height - height:0.#}\" width=\"{Math.Max(0.5, bar - 1):0.#}\" height=\"{height:0.#}\"/>");
        }

        return SvgText.Picture(title, width, Height, body);
    }
}
