using MlOpsBuild.Data.Simulation;

namespace MlOpsBuild.Data.Sources;

/// <summary>Where data comes from.</summary>
/// <param name="Name">How it is called in output and records.</param>
/// <param name="Pattern">A file or a pattern such as <c>data/*.csv</c>, or null for a simulator.</param>
/// <param name="Simulation">What to simulate, or null for files.</param>
public sealed record DataSource(string Name, string? Pattern, Simulator? Simulation)
{
    /// <summary>Whether rows are made, not measured.</summary>
    public bool IsSimulated => Simulation != null;

    /// <summary>CSV files that match <paramref name="pattern"/>, relative to the root or rooted.</summary>
    public static DataSource Csv(string pattern) => new(pattern, pattern, null);

    /// <summary>Rows that a simulator makes.</summary>
    public static DataSource Simulated(Simulator simulation) => new($"simulated {simulation.Describe()}", null, simulation);
}
