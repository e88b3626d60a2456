namespace MlOpsBuild.Reporting.Operations;

/// <summary>How good a version was on its hold-out.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When it was tested.</param>
/// <param name="Metric">The metric of its first gate.</param>
/// <param name="Value">Its value.</param>
/// <param name="Lower">Lower end of the interval; null where there is none.</param>
/// <param name="Upper">Upper end.</param>
public sealed record QualityPoint(int Version, DateTimeOffset At, string Metric, double Value, double? Lower, double? Upper);
