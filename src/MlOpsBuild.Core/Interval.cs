namespace MlOpsBuild.Core;

/// <summary>A two-sided interval.</summary>
/// <param name="Lower">Lower end, in the unit of what it bounds.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Confidence">Coverage in (0, 1), for example 0.95.</param>
/// <param name="Block">Days that were resampled together, since they depend on one another; 1 when they do not.</param>
public sealed record Interval(double Lower, double Upper, double Confidence, int Block = 1);
