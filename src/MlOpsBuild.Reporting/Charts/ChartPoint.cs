namespace MlOpsBuild.Reporting.Charts;

/// <summary>A value at a place.</summary>
/// <param name="X">The place; of a bar, its position in the marks.</param>
/// <param name="Y">The value.</param>
/// <param name="Lower">Lower end of its interval, or null.</param>
/// <param name="Upper">Upper end of its interval, or null.</param>
public sealed record ChartPoint(double X, double Y, double? Lower = null, double? Upper = null);
