namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Kinds of bad events.</summary>
public enum BadEvent
{
    /// <summary>A status of 500 or above, or no answer.</summary>
    Error,

    /// <summary>Later than the limit.</summary>
    Slow,

    /// <summary>A good status with an answer that is none.</summary>
    ContractViolation,

    /// <summary>Too high, by the label that came later.</summary>
    TooHigh,

    /// <summary>Too low, by the label that came later.</summary>
    TooLow,
}
