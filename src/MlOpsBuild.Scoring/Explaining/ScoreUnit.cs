namespace MlOpsBuild.Scoring.Explaining;

/// <summary>What a score is counted in.</summary>
internal static class ScoreUnit
{
    /// <summary>Of forests, whose trees tell shares.</summary>
    public const string Probability = "probability";

    /// <summary>Of several classes, whose probabilities are in proportion to its exponential.</summary>
    public const string Logit = "logit";

    /// <summary>Of classes the logarithm of the odds; of numbers the target itself, or its logarithm.</summary>
    public static string Of(ClassSet? classes, string target, TargetTransform scale) => classes != null ? "log-odds"
        : scale == TargetTransform.Log1p ? $"log(1 + {target})" : target;
}
