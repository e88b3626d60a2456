namespace MlOpsBuild.Engine;

/// <summary>How much is printed.</summary>
public enum Verbosity
{
    /// <summary>Everything, stack traces included.</summary>
    Verbose,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Target headers and results.</summary>
    Minimal,

    /// <summary>Errors only.</summary>
    Quiet,
}
