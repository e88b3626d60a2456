namespace MlOpsBuild.Delivery.Experiments;

/// <summary>How an A/B test ended.</summary>
public enum ExperimentDecision
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>The version on test is to take over.</summary>
    Ship,

    /// <summary>The version that served stays.</summary>
    Keep,

    /// <summary>Somebody rolled back while it went on.</summary>
    Withdrawn,

    /// <summary>What served was stopped or replaced while it went on, or it never began.</summary>
    Interrupted,
}
