namespace MlOpsBuild.Core;

/// <summary>The caller must act: a wrong parameter, a missing file, nothing to go back to. Exit code 2.</summary>
public sealed class UsageException : FindingsException
{
    /// <summary>A wrong call with one problem.</summary>
    public UsageException(Finding finding) : this(finding.What, [finding])
    {
    }

    /// <summary>A wrong call with all its problems.</summary>
    public UsageException(string summary, IReadOnlyList<Finding> findings) : base(summary, findings)
    {
    }

    /// <inheritdoc />
    public override int ExitCode => ExitCodes.WrongUsage;
}
