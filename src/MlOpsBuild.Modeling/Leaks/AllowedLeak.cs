namespace MlOpsBuild.Modeling.Leaks;

/// <summary>A leak that a pipeline says is none.</summary>
/// <param name="Column">The column that brings it; null for rows.</param>
/// <param name="Reason">Why it is none; shown beside the model.</param>
public sealed record AllowedLeak(string? Column, string Reason);
