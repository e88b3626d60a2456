namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Kinds of bad events.</summary>
public enum BadEvent
{
    /// <summary>A status of 500 or above, or no answer.</summary>
    Error,

    /// <summary>A refusal of a request that keeps the contract.</summary>
    Refused,

    /// <summary>An answer that is no finite number.</summary>
    Invalid,

    /// <summary>An error far beyond anything the champion's hold-out has; needs the label.</summary>
    GrossError,

    /// <summary>A second in which this arm was slow and the other one was not.</summary>
    Slow,

    /// <summary>A second whose median answer time was over the budget, in units of the other arm's.</summary>
    OverLatencyBudget,
}
