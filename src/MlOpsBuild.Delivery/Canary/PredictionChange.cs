namespace MlOpsBuild.Delivery.Canary;

/// <summary>How far predictions for the same request are apart.</summary>
/// <param name="Requests">Requests that both versions answered.</param>
/// <param name="Mean">Mean absolute difference, in units of the champion's usual error.</param>
/// <param name="LogWithin">ln of the wealth of the bet that the mean is within the policy's limit; null where the policy has none.</param>
public sealed record PredictionChange(int Requests, double Mean, double? LogWithin);
