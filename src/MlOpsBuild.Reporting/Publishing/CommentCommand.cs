namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// A command in a comment: <c>/mlops rollback REASON</c>, <c>/mlops approve v5 REASON</c> or <c>/mlops retrain</c>, in its first line.
/// </summary>
/// <param name="Action">What is to be done; one of those below, or something unknown.</param>
/// <param name="Reason">The rest of the line; empty when there is none.</param>
/// <param name="Comment">The comment's number.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record CommentCommand(string Action, string Reason, long Comment, string Author)
{
    /// <summary>Puts the version before back.</summary>
    public const string Rollback = "rollback";

    /// <summary>Trains and tests the delivered branch anew.</summary>
    public const string Retrain = "retrain";

    /// <summary>Agrees that a version is promoted.</summary>
    public const string Approve = "approve";

    private const string Prefix = "/mlops ";

    /// <summary>The version that is meant; empty where none is.</summary>
    public string Version { get; init; } = "";

    /// <summary>The command of the comment that started this build; null when it has none, or none was written on a pull request.</summary>
    /// <param name="environment">Environment variables of the build server.</param>
    public static CommentCommand? Of(IReadOnlyDictionary<string, string> environment)
    {
        var payload = EventPayload.Read(new HostVariables(environment)["GITHUB_EVENT_PATH"]);
        return payload.Has("issue", "pull_request")
            && payload.Number("comment", "id") is { } id
            && payload.Text("comment", "user", "login") is { } author
            ? Parse(payload.Text("comment", "body") ?? "", id, author)
            : null;
    }

    /// <summary>The command in <paramref name="body"/>; null when its first line is none.</summary>
    internal static CommentCommand? Parse(string body, long id, string author)
    {
        var line = string.Concat(body.ReplaceLineEndings("\n").Split('\n')[0].Where(letter => !char.IsControl(letter)));
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var (action, rest) = FirstWord(line[Prefix.Length..]);
        var (version, reason) = action == Approve ? FirstWord(rest) : ("", rest);
        return new(action, reason, id, author) { Version = version };
    }

    private static (string Word, string Others) FirstWord(string text)
    {
        var words = text.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (words is [var first, ..] ? first : "", words is [_, var rest] ? rest : "");
    }
}
