namespace MlOpsBuild.Data.Summaries;

/// <summary>What some rows of a column hold, for those who look at several columns at once.</summary>
internal sealed class ObservedRows
{
    /// <summary>Their numbers.</summary>
    public RowValues Values { get; } = new();

    /// <summary>Their times, in days; no rows where the column had none in them.</summary>
    public RowValues Days { get; } = new();

    /// <summary>Whether there is a number in them.</summary>
    public bool HasNumbers { get; set; }

    /// <summary>Whether there was one in them or in rows before them.</summary>
    public bool IsNumeric { get; set; }
}
