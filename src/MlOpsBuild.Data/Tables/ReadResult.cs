using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Tables;

/// <summary>What reading files by contract gave.</summary>
/// <param name="Table">The rows; null when there are findings.</param>
/// <param name="Findings">Everything wrong, with file, row and column.</param>
/// <param name="Unreadable">True when the files are no CSV in UTF-8 with rows, as opposed to breaking the contract.</param>
public sealed record ReadResult(DataTable? Table, IReadOnlyList<Finding> Findings, bool Unreadable);
