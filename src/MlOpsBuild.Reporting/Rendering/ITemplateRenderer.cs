namespace MlOpsBuild.Reporting.Rendering;

/// <summary>Fills a template; the seam for further template languages.</summary>
internal interface ITemplateRenderer
{
    string Render(string template, object model);
}
