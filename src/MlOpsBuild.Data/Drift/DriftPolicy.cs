namespace MlOpsBuild.Data.Drift;

/// <summary>What counts as drift.</summary>
public sealed record DriftPolicy
{
    /// <summary>The share of columns said to have moved that did not, in (0, 1).</summary>
    /// <value>0.05.</value>
    public double FalseDiscovery { get; init; } = 0.05;

    /// <summary>A population stability index below this is no drift, however sure.</summary>
    /// <value>0.1, as is usual.</value>
    public double Tolerated { get; init; } = 0.1;

    /// <summary>Where chance alone brings an index above this, nothing can be said.</summary>
    /// <value>0.25, from which one usually speaks of a great shift.</value>
    public double Undecidable { get; init; } = 0.25;

    /// <summary>Fewest days of the reference in the same months, so that seasons are compared with themselves.</summary>
    /// <value>20.</value>
    public int FewestSeasonDays { get; init; } = 20;

    /// <summary>Whether drift fails the build; else it is told.</summary>
    /// <value>False: that the world moves is no fault of the data.</value>
    public bool Fails { get; init; }
}
