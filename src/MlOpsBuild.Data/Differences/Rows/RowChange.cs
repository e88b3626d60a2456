namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>How a row differs.</summary>
public enum RowChange
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It has the same key and another value.</summary>
    Changed,
}
