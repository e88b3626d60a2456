namespace MlOpsBuild.Scoring;

/// <summary>A score as a probability: 1 / (1 + exp(slope × score + offset)) (Platt 1999), computed as the trainer computes it.</summary>
/// <param name="Slope">Negative where larger scores mean more probable.</param>
/// <param name="Offset">Added to the exponent.</param>
public sealed record Calibration(double Slope, double Offset)
{
    /// <summary>The probability of <paramref name="score"/>.</summary>
    public float Probability(float score) => (float)(1 / (1 + Math.Exp((Slope * score) + Offset)));
}
