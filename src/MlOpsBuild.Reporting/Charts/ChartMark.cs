namespace MlOpsBuild.Reporting.Charts;

/// <summary>A name at a place of the first axis.</summary>
/// <param name="At">The place.</param>
/// <param name="Text">The name.</param>
public sealed record ChartMark(double At, string Text);
