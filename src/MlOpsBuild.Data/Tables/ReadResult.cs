using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Tables;

/// <summary>What reading files by contract gave.</summary>
/// <param name="Table">The rows; null when they break the contract.</param>
/// <param name="Findings">Everything wrong, with file, row and column; beside a table what is wrong with the
/// rows that were left out.</param>
/// <param name="Unreadable">True when the files are no table of rows, as opposed to breaking the contract.</param>
public sealed record ReadResult(DataTable? Table, IReadOnlyList<Finding> Findings, bool Unreadable)
{
    /// <summary>Rows read: those of the table and those left out.</summary>
    public long Rows { get; init; }

    /// <summary>Rows left out, as the contract allows.</summary>
    public long Quarantined { get; init; }
}
