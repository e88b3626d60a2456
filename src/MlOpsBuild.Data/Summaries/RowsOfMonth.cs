namespace MlOpsBuild.Data.Summaries;

/// <summary>How many rows a month has.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Rows">The rows.</param>
public sealed record RowsOfMonth(DateOnly Month, long Rows);
