using System.Globalization;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Metrics of a server that others read.</summary>
public static class ServerMetrics
{
    /// <summary>Most memory that a model server held so far, in bytes.</summary>
    public const string PeakMemory = "mlops.memory.peak";

    /// <summary>A gauge in Prometheus' text; null where it is not there.</summary>
    public static double? Find(string text, string gauge) => text.Split('\n')
        .Where(line => line.StartsWith(gauge.Replace('.', '_') + '{', StringComparison.Ordinal))
        .Select(line => double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out var value) ? value
            : (double?)null)
        .FirstOrDefault();
}
