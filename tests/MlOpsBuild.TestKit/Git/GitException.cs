namespace MlOpsBuild.TestKit.Git;

/// <summary>A git command that ended with an error.</summary>
public sealed class GitException(string command, int exitCode, string standardOutput, string standardError)
    : Exception($"{command} ended with {exitCode}: {standardError}")
{
    /// <summary>What the process returned.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>All it printed; <c>push --porcelain</c> says here which reference was refused.</summary>
    public string StandardOutput { get; } = standardOutput;

    /// <summary>All it complained about.</summary>
    public string StandardError { get; } = standardError;
}
