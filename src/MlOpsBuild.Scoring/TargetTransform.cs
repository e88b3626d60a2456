namespace MlOpsBuild.Scoring;

/// <summary>The scale on which a model is fitted.</summary>
public enum TargetTransform
{
    /// <summary>The target as it is.</summary>
    Identity,

    /// <summary>ln(1 + y), for counts; predictions are never negative.</summary>
    Log1p,
}
