namespace MlOpsBuild.Data.Simulation;

/// <summary>What the simulator makes. The same options give the same bytes.</summary>
public sealed record DemandSimulation : Simulator
{
    /// <summary>Seed of all randomness.</summary>
    /// <value>20110101.</value>
    public long Seed { get; init; } = 20110101;

    /// <summary>First day.</summary>
    /// <value>2011-01-01.</value>
    public DateOnly Start { get; init; } = new(2011, 1, 1);

    /// <summary>Number of days, at least 90 to leave something to train on.</summary>
    /// <value>731.</value>
    public int Days { get; init; } = 731;

    /// <summary>Growth of demand per year, as a factor.</summary>
    /// <value>1.5.</value>
    public double GrowthPerYear { get; init; } = 1.5;

    /// <summary>Standard deviation of the hourly noise on the log scale.</summary>
    /// <value>0.3.</value>
    public double Noise { get; init; } = 0.3;

    /// <summary>Days at the end on which the drift switches act.</summary>
    /// <value>60.</value>
    public int DriftDays { get; init; } = 60;

    /// <summary>Drift switch: factor on demand (1 is none).</summary>
    /// <value>1.</value>
    public double DemandDrift { get; init; } = 1;

    /// <summary>Drift switch: added to the normalised temperature (0 is none).</summary>
    /// <value>0.</value>
    public double TemperatureDrift { get; init; }

    /// <summary>Columns to write, in the file's own order; for a contract with fewer than all of them.</summary>
    /// <value>Empty: all 17.</value>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <inheritdoc />
    public override string Describe() => "demand";

    /// <inheritdoc />
    public override byte[] Write() => DemandSimulator.Write(this);
}
