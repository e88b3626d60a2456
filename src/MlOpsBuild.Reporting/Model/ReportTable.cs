namespace MlOpsBuild.Reporting.Model;

/// <summary>A table of texts.</summary>
public sealed record ReportTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Whether there is anything to show.</summary>
    public bool Any => Rows.Count > 0;
}
