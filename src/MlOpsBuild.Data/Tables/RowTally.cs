namespace MlOpsBuild.Data.Tables;

/// <summary>Counts rows while they are read.</summary>
internal sealed class RowTally
{
    /// <summary>Rows read.</summary>
    public long Rows { get; set; }

    /// <summary>Of them, those that break a promise.</summary>
    public long Rejected { get; set; }

    /// <summary>Of them, those that are no rows at all.</summary>
    public long Broken { get; set; }

    /// <summary>Whether a file could not be read to its end.</summary>
    public bool Unreadable { get; set; }

    /// <summary>Whether every file has the columns of the contract.</summary>
    public bool Columns { get; set; } = true;
}
