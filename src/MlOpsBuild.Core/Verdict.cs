namespace MlOpsBuild.Core;

/// <summary>What a check concluded. "Not enough data" is never "fine".</summary>
public enum Verdict
{
    /// <summary>The evidence supports the claim.</summary>
    Passed,

    /// <summary>There is not enough evidence either way.</summary>
    Inconclusive,

    /// <summary>The evidence contradicts the claim.</summary>
    Failed,

    /// <summary>The check could not be made.</summary>
    Error,
}
