namespace MlOpsBuild.Reporting.Charts;

/// <summary>Eight block characters, from low to high.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>One character per value; a flat line for equal values, nothing for none.</summary>
    public static string Of(IReadOnlyList<double> values) => values.Count == 0 ? "" : Of(values, values.Min(), values.Max());

    /// <summary>The same on a scale that several lines share.</summary>
    public static string Of(IReadOnlyList<double> values, double low, double high)
    {
        return string.Concat(values.Select(value => Blocks[high > low && double.IsFinite(value) && double.IsFinite(high - low)
            ? (int)Math.Round((value - low) / (high - low) * (Blocks.Length - 1))
            : 0]));
    }
}
