namespace MlOpsBuild.Data.Expectations;

/// <summary>What follows when an expectation is broken.</summary>
public enum Severity
{
    /// <summary>The build fails.</summary>
    Error,

    /// <summary>It is told.</summary>
    Warning,
}
