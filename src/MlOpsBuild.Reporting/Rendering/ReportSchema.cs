using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>The JSON Schema of <c>report.json</c>; it is written beside each report.</summary>
public static class ReportSchema
{
    /// <summary>Its file name.</summary>
    public const string FileName = "report.schema.json";

    /// <summary>The schema's text.</summary>
    public static string Text { get; } = EmbeddedText.Read(typeof(ReportTemplate).Assembly, FileName);
}
