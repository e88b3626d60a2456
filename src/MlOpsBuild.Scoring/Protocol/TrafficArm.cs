namespace MlOpsBuild.Scoring.Protocol;

/// <summary>The two sides of a canary.</summary>
public enum TrafficArm
{
    /// <summary>The version that serves.</summary>
    Baseline,

    /// <summary>The version on trial.</summary>
    Canary,
}
