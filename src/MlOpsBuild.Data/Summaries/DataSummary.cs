using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Summaries;

/// <summary>What data look like, read in one pass with bounded memory.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Rows">Rows read: those that are summarised and <paramref name="Broken"/> ones.</param>
/// <param name="Broken">Rows that are none, such as those with too few cells.</param>
/// <param name="Columns">Column by column, in file order.</param>
/// <param name="Correlations">Pearson's correlations of pairs of columns with numbers, over the rows that have
/// both; strongest first.</param>
public sealed record DataSummary(
    string Name, long Rows, long Broken, IReadOnlyList<ColumnSummary> Columns, IReadOnlyList<ColumnCorrelation> Correlations)
{
    /// <summary>What is wrong with the files and the broken rows, with places.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What the rows were checked against; null where nothing was promised.</summary>
    public string? Contract { get; init; }

    /// <summary>Whether every promise about single cells is kept and no row is broken.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool KeepsPromises => Broken == 0 && Columns.All(column => column.Promises.Count == 0);
}
