namespace MlOpsBuild.Reporting.Pages;

/// <summary>A chart, drawn three ways.</summary>
/// <param name="Title">What it shows, with units.</param>
/// <param name="Svg">Self-contained SVG that follows the page's colours; empty in Markdown, which shows none.</param>
/// <param name="Text">Characters, for places without pictures.</param>
/// <param name="Mermaid">Mermaid, for hosts that draw it; null where it would be too long.</param>
/// <param name="Legend">Which colour of the Mermaid chart is what; empty where that is plain.</param>
public sealed record DrawnChart(string Title, string Svg, string Text, string? Mermaid, string Legend);
