namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A label that came for a request while a version was on trial.</summary>
/// <param name="Label">What really happened: a number, or the position of a class.</param>
/// <param name="Baseline">The baseline's prediction; null when it made none.</param>
/// <param name="Canary">The canary's prediction; null when it made none.</param>
public sealed record LabelObservation(double Label, Prediction? Baseline, Prediction? Canary);
