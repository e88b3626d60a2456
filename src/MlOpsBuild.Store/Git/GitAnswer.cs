using System.Text;

namespace MlOpsBuild.Store.Git;

/// <summary>What one git command answered.</summary>
internal sealed record GitAnswer(int ExitCode, byte[] Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>The line of the error output that says most: git's <c>fatal</c> and <c>remote</c> lines before its hints.</summary>
    public string Reason
    {
        get
        {
            // Lines of progress end in a carriage return or count in percent.
            var lines = Error.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.Contains('%', StringComparison.Ordinal))
                .ToList();
            return lines.Find(line => line.StartsWith("fatal:", StringComparison.Ordinal)
                || line.StartsWith("ERROR", StringComparison.Ordinal))
                ?? lines.Find(line => line.StartsWith("remote: ", StringComparison.Ordinal))
                ?? (lines is [.., var last] ? last : $"git ended with {ExitCode}");
        }
    }
}
