namespace MlOpsBuild.Engine.Tooling;

/// <summary>Where a program wrote a line.</summary>
public enum OutputType
{
    /// <summary>Standard output.</summary>
    Std,

    /// <summary>Standard error.</summary>
    Err,
}
