namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>A cell of a row that differs.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Before">What it held; null in a row that is new.</param>
/// <param name="Now">What it holds; null in a row that is gone.</param>
public sealed record CellExample(string Column, string? Before, string? Now);
