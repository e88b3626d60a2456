namespace MlOpsBuild.Data.Summaries;

/// <summary>How two columns go together.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Value">Pearson's correlation, in [−1, 1].</param>
/// <param name="Rows">Rows that have both.</param>
public sealed record ColumnCorrelation(string First, string Second, double Value, long Rows);
