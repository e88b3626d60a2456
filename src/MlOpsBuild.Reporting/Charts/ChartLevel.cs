namespace MlOpsBuild.Reporting.Charts;

/// <summary>A bound that values are read against.</summary>
/// <param name="Value">Where.</param>
/// <param name="Text">What it means.</param>
public sealed record ChartLevel(double Value, string Text);
