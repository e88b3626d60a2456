using MlOpsBuild.Components.Session;

/// <summary>Asks git about this repository.</summary>
internal static class GitCommand
{
    /// <summary>What git answers, without white space around; null where it has no answer, or is not there.</summary>
    public static async Task<string?> AskAsync(RunSession session, CancellationToken cancellationToken, params string[] arguments)
    {
        var lines = new List<string>();
        return await Command.RunAsync(session, ["git", .. arguments], lines.Add, cancellationToken) == 0
            ? string.Join('\n', lines).Trim()
            : null;
    }
}
