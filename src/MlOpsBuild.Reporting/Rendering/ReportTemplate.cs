using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Reporting.Rendering;

/// <summary>
/// A Scriban template of a report. What it is filled with is a <see cref="ReportPage"/>; values are escaped for its format.
/// </summary>
/// <param name="Text">The template.</param>
/// <param name="Path">Where it was read, for messages; null for the program's own.</param>
public sealed record ReportTemplate(string Text, string? Path)
{
    /// <summary>File name of the template of <c>report.md</c>.</summary>
    public const string Markdown = "report.md.sbn";

    /// <summary>File name of the template of <c>report.html</c>.</summary>
    public const string Html = "report.html.sbn";

    /// <summary>The template that comes with the program.</summary>
    /// <param name="name"><see cref="Markdown"/> or <see cref="Html"/>.</param>
    public static ReportTemplate Default(string name) => new(EmbeddedText.Read(typeof(ReportTemplate).Assembly, name), null);

    /// <summary>The template of a pipeline: <c>pipelines/PIPELINE/NAME</c> below <paramref name="root"/>, else the program's own.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name"><see cref="Markdown"/> or <see cref="Html"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UsageException">There is one in the language of earlier versions.</exception>
    public static async Task<ReportTemplate> OfAsync(string root, string pipeline, string name, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine("pipelines", pipeline, name);
        var file = System.IO.Path.Combine(root, path);
        var old = System.IO.Path.ChangeExtension(path, ".hbs");
        if (File.Exists(System.IO.Path.Combine(root, old)))
        {
            throw new UsageException(new Finding(
                "MLB6002", "Templates are Scriban's now", old, null, path,
                "rename it, and write {{ if has X }} for {{#if X}}, {{ for x in Xs }}{{ x.Name }} for {{#each Xs}}{{Name}}, {{ end }} for {{/if}} and {{/each}}, {{ X.Name }} for {{#with X}}{{Name}}{{/with}}, {{ X | raw }} for {{{X}}}"));
        }

        return File.Exists(file) ? new(await File.ReadAllTextAsync(file, cancellationToken), path) : Default(name);
    }

    /// <summary>Fills the template.</summary>
    /// <param name="format">What it is written in.</param>
    /// <param name="page">What it is filled with.</param>
    /// <exception cref="UsageException">The template is wrong: it cannot be read, or asks for what a page does not have.</exception>
    internal string Fill(TextFormat format, ReportPage page)
    {
        try
        {
            return new ScribanRenderer(format).Render(Text, page);
        }
        catch (Exception problem) when (Path != null)
        {
            // Filling is pure: whatever goes wrong, the template is the cause.
            throw new UsageException(new Finding(
                "MLB6003", "The report's template cannot be filled", Path, problem.Message,
                $"Scriban with the properties {string.Join(", ", typeof(ReportPage).GetProperties().Select(property => property.Name))}",
                "correct the file, or delete it to use the program's own"));
        }
    }
}
