namespace MlOpsBuild.Scoring;

/// <summary>To the scale on which a model is fitted, and back.</summary>
public static class TargetScale
{
    /// <summary>The label on the model's scale; no finite number where it has no place there.</summary>
    public static double Apply(this TargetTransform scale, double label) => scale == TargetTransform.Log1p ? Math.Log(1 + label) : label;

    /// <summary>The score in the target's unit.</summary>
    public static double Undo(this TargetTransform scale, double score) =>
        scale == TargetTransform.Log1p ? Math.Max(0, Math.Exp(score) - 1) : score;
}
