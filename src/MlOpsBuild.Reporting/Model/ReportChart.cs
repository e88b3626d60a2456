namespace MlOpsBuild.Reporting.Model;

/// <summary>A chart as inline SVG and as a line of text.</summary>
/// <param name="Title">What it shows, with units.</param>
/// <param name="Svg">Self-contained SVG that follows the page's colours.</param>
/// <param name="Text">A sparkline for places without pictures.</param>
public sealed record ReportChart(string Title, string Svg, string Text);
