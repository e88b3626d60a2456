namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What one arm made of one request.</summary>
/// <param name="Milliseconds">From the moment it was sent to the last byte of the answer.</param>
/// <param name="Prediction">A finite prediction; null without one, and where several rows were asked for at once.</param>
/// <param name="Bad">Why there is no prediction: <see cref="BadEvent.Error"/>, <see cref="BadEvent.Refused"/> or
/// <see cref="BadEvent.Invalid"/>.</param>
public sealed record ArmAnswer(double Milliseconds, Prediction? Prediction, BadEvent? Bad);
