namespace MlOpsBuild.Reporting.Rendering;

/// <summary>The templates that come with the program.</summary>
internal static class ReportTemplates
{
    public static string Markdown => Read("report.md.hbs");

    public static string Html => Read("report.html.hbs");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportTemplates).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
