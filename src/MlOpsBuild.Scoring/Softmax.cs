namespace MlOpsBuild.Scoring;

/// <summary>Scores as probabilities: in proportion to exp of each.</summary>
public static class Softmax
{
    /// <summary>Puts probabilities in the place of <paramref name="scores"/> and gives ln Σ exp(score), which a log-loss needs.</summary>
    public static double Apply(Span<double> scores)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        for (var position = 0; position < scores.Length; position++)
        {
            sum += scores[position] = Math.Exp(scores[position] - largest);
        }

        for (var position = 0; position < scores.Length; position++)
        {
            scores[position] /= sum;
        }

        return Math.Log(sum) + largest;
    }
}
