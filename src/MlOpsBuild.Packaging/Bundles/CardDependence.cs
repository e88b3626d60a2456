namespace MlOpsBuild.Packaging.Bundles;

/// <summary>An input that a model depends on, as its card shows it.</summary>
/// <param name="Input">The input.</param>
/// <param name="Metric">What gets worse.</param>
/// <param name="Loss">By how much, when the input is shuffled.</param>
/// <param name="Lower">Lower end of its interval, or null.</param>
/// <param name="Upper">Upper end of its interval, or null.</param>
public sealed record CardDependence(string Input, string Metric, double Loss, double? Lower, double? Upper);
