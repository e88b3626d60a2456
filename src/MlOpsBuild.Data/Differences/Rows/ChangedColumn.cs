namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>A column with cells that changed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">How many of its cells changed, of rows that are in both.</param>
public sealed record ChangedColumn(string Name, long Cells);
