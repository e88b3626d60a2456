using MlOpsBuild.Data.Drift;

namespace MlOpsBuild.Data.Profiles;

/// <summary>What a column looks like.</summary>
/// <param name="Name">Header name.</param>
/// <param name="Count">Values present.</param>
/// <param name="Missing">Values absent.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">With n − 1.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
/// <param name="Quantiles">Type 7 (Hyndman and Fan 1996) at 1, 5, 25, 50, 75, 95 and 99 %.</param>
/// <param name="Distinct">Number of different values.</param>
public sealed record ColumnProfile(
    string Name, int Count, int Missing, double Mean, double StandardDeviation, double Minimum, double Maximum, double[] Quantiles,
    int Distinct)
{
    /// <summary>How often each value occurs; null in profiles from before it was kept.</summary>
    public ValueDistribution? Distribution { get; init; }

    /// <summary>What later values are compared with; null in profiles from before it was kept, and for what is new in every row.</summary>
    public ColumnBins? Bins { get; init; }
}
