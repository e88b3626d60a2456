using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>Renders one report four ways and writes the files.</summary>
/// <param name="markdown">Template of the Markdown.</param>
/// <param name="html">Template of the page.</param>
public sealed class ReportWriter(ReportTemplate markdown, ReportTemplate html)
{
    /// <summary>Renders by the templates that come with the program.</summary>
    public static ReportWriter Default { get; } = new(
        ReportTemplate.Default(ReportTemplate.Markdown), ReportTemplate.Default(ReportTemplate.Html));

    /// <summary>Renders by a pipeline's own templates, where it has any.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ReportWriter> OfAsync(string root, string pipeline, CancellationToken cancellationToken) => new(
        await ReportTemplate.OfAsync(root, pipeline, ReportTemplate.Markdown, cancellationToken),
        await ReportTemplate.OfAsync(root, pipeline, ReportTemplate.Html, cancellationToken));

    /// <summary>The report as Markdown for a pull request.</summary>
    /// <param name="report">The report.</param>
    /// <param name="origin">Who made the figures, where that matters for how far they are trusted.</param>
    /// <exception cref="UsageException">A template of one's own is wrong.</exception>
    public string Markdown(Report report, string? origin = null) =>
        markdown.Fill(TextFormat.Markdown, PageComposer.Of(report, origin, pictures: false));

    /// <summary>The report as one HTML page that needs no network and no scripts.</summary>
    /// <param name="report">The report.</param>
    /// <exception cref="UsageException">A template of one's own is wrong.</exception>
    public string Html(Report report) => html.Fill(TextFormat.Html, PageComposer.Of(report));

    /// <summary>
    /// Writes <c>report.md</c>, <c>report.html</c>, <c>report.json</c> with its schema, and <c>report.junit.xml</c>
    /// into <paramref name="folder"/>.
    /// </summary>
    public async Task WriteAsync(Report report, string folder, CancellationToken cancellationToken)
    {
        (string Name, byte[] Content)[] files =
        [
            ("report.md", Encoding.UTF8.GetBytes(Markdown(report))),
            ("report.html", Encoding.UTF8.GetBytes(Html(report))),
            ("report.json", CanonicalJson.Serialize(report)),
            (ReportSchema.FileName, Encoding.UTF8.GetBytes(ReportSchema.Text)),
            ("report.junit.xml", JUnitXml.Write(report)),
        ];
        foreach (var (name, content) in files)
        {
            await AtomicFile.WriteAsync(Path.Combine(folder, name), content, cancellationToken);
        }
    }
}
