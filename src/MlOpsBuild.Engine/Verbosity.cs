namespace MlOpsBuild.Engine;

/// <summary>How much is printed.</summary>
public enum Verbosity
{
    /// <summary>Everything, stack traces included.</summary>
    Verbose,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Headers, results and the summary; no progress.</summary>
    Minimal,

    /// <summary>What targets answer, warnings and failures; no headers, progress and summary.</summary>
    Quiet,
}
