using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Tables;

/// <summary>One thing that is wrong with a row.</summary>
/// <param name="Column">The column; null where the row as a whole is broken.</param>
/// <param name="Finding">What is wrong, where.</param>
internal sealed record RowProblem(string? Column, Finding Finding);
