namespace MlOpsBuild.Data.Summaries;

/// <summary>Cells of a column that break its contract in one way.</summary>
/// <param name="What">How, for example <c>Out of range</c>.</param>
/// <param name="Cells">How many of them.</param>
/// <param name="First">Where the first one stands: file and line.</param>
/// <param name="Value">What it holds; hidden where the column tells of persons.</param>
public sealed record ContractViolation(string What, long Cells, string First, string Value);
