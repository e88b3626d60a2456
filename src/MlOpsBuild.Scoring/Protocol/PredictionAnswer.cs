namespace MlOpsBuild.Scoring.Protocol;

/// <summary>The answer to one row.</summary>
/// <param name="Prediction">The prediction, in the target's unit.</param>
/// <param name="Version">The version that made it.</param>
/// <param name="Id">Id to send the label with, later.</param>
public sealed record PredictionAnswer(double Prediction, int Version, string Id);
