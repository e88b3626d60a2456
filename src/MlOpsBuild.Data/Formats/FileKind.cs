namespace MlOpsBuild.Data.Formats;

/// <summary>How a file holds rows.</summary>
public enum FileKind
{
    /// <summary>Cells between separators, a row a line: CSV, TSV and their kin.</summary>
    Delimited,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
