using System.Text;
using HandlebarsDotNet;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>Renders one report three ways and writes the files.</summary>
public static class ReportWriter
{
    /// <summary>The report as Markdown for a pull request.</summary>
    public static string Markdown(Report report) => new HandlebarsRenderer(new MarkdownEncoder()).Render(ReportTemplates.Markdown, report);

    /// <summary>The report as one HTML page that needs no network and no scripts.</summary>
    public static string Html(Report report) => new HandlebarsRenderer(new HtmlEncoder()).Render(ReportTemplates.Html, report);

    /// <summary>Writes <c>report.md</c>, <c>report.html</c>, <c>report.json</c> and <c>report.junit.xml</c> into <paramref name="folder"/>.</summary>
    public static async Task WriteAsync(Report report, string folder, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteAsync(Path.Combine(folder, "report.md"), Encoding.UTF8.GetBytes(Markdown(report)), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "report.html"), Encoding.UTF8.GetBytes(Html(report)), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "report.json"), CanonicalJson.Serialize(report), cancellationToken);
        await AtomicFile.WriteAsync(Path.Combine(folder, "report.junit.xml"), JUnitXml.Write(report), cancellationToken);
    }
}
