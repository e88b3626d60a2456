using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Serving.Metrics.Tests;

/// <summary>Reads the Prometheus text format 0.0.4 strictly and checks histograms, independent of what writes it.</summary>
internal sealed partial class PrometheusText
{
    public List<string> Families { get; } = [];

    public List<(string Name, Dictionary<string, string> Labels, double Value)> Samples { get; } = [];

    public static PrometheusText Parse(string text)
    {
        var parsed = new PrometheusText();
        text.ShouldEndWith("\n");
        text.ShouldNotContain("\r");
        var (family, type) = ("", "");
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                continue;
            }

            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                (family, type) = line.Split(' ') is [_, _, var name, var kind] ? (name, kind) : throw new FormatException(line);
                parsed.Families.ShouldNotContain(family);
                type.ShouldBeOneOf("counter", "gauge", "histogram");
                parsed.Families.Add(family);
                continue;
            }

            var sample = SampleLine().Match(line);
            sample.Success.ShouldBeTrue(line);
            string[] names = type == "histogram" ? [family + "_bucket", family + "_sum", family + "_count"] : [family];
            names.ShouldContain(sample.Groups["name"].Value);
            parsed.Samples.Add((sample.Groups["name"].Value,
                LabelPair().Matches(sample.Groups["labels"].Value).ToDictionary(pair => pair.Groups[1].Value, pair => pair.Groups[2].Value),
                Number(sample.Groups["value"].Value)));
        }

        parsed.CheckHistograms();
        return parsed;
    }

    private static double Number(string text) =>
        text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\"n])*",?)*)\} (?<value>\S+)$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)",?""")]
    private static partial Regex LabelPair();

    private static string Series(Dictionary<string, string> labels) =>
        string.Join(',', labels.Where(label => label.Key != "le").OrderBy(label => label.Key, StringComparer.Ordinal));

    private void CheckHistograms()
    {
        foreach (var histogram in Samples.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal))
            .GroupBy(sample => (sample.Name, Series(sample.Labels))))
        {
            var buckets = histogram.ToList();
            var bounds = buckets.Select(bucket => Number(bucket.Labels["le"])).ToList();
            bounds.ShouldBe(bounds.Distinct().Order());
            bounds[^1].ShouldBe(double.PositiveInfinity);
            buckets.Zip(buckets.Skip(1)).ShouldAllBe(pair => pair.First.Value <= pair.Second.Value);
            var count = Samples.Single(sample => sample.Name == histogram.Key.Name.Replace("_bucket", "_count", StringComparison.Ordinal)
                && Series(sample.Labels) == histogram.Key.Item2);
            buckets[^1].Value.ShouldBe(count.Value);
            _ = Samples.Single(sample => sample.Name == histogram.Key.Name.Replace("_bucket", "_sum", StringComparison.Ordinal)
                && Series(sample.Labels) == histogram.Key.Item2);
        }
    }
}
