namespace MlOpsBuild.Core;

/// <summary>A failure that carries all its findings at once. The two roots say who must act.</summary>
public abstract class FindingsException : Exception
{
    /// <summary>A failure with <paramref name="findings"/>, of which there must be at least one.</summary>
    protected FindingsException(string summary, IReadOnlyList<Finding> findings, Exception? cause = null)
        : base(
            findings.Count == 1 ? findings[0].ToString() : $"{summary}\n" + string.Join('\n', findings.Select(finding => $"  - {finding}")),
            cause)
    {
        Summary = summary;
        Findings = findings;
    }

    /// <summary>The failure in one sentence.</summary>
    public string Summary { get; }

    /// <summary>Every problem found, in the order found.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The process exit code this failure asks for.</summary>
    public abstract int ExitCode { get; }
}
