namespace MlOpsBuild.Scoring.Protocol;

/// <summary>The two sides of an A/B test.</summary>
public enum ExperimentArm
{
    /// <summary>The version that serves.</summary>
    Control,

    /// <summary>The version on test.</summary>
    Treatment,
}
