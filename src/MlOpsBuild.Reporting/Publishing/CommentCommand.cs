namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A command in a comment: <c>/mlops rollback REASON</c> or <c>/mlops retrain</c>, in the comment's first line.</summary>
/// <param name="Action">What is to be done; one of <see cref="Known"/> or something unknown.</param>
/// <param name="Reason">The rest of the line; empty when there is none.</param>
/// <param name="Comment">The comment's number.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record CommentCommand(string Action, string Reason, long Comment, string Author)
{
    /// <summary>Puts the version before back.</summary>
    public const string Rollback = "rollback";

    /// <summary>Trains and tests the delivered branch anew.</summary>
    public const string Retrain = "retrain";

    private const string Prefix = "/mlops ";

    /// <summary>The commands there are.</summary>
    public static IReadOnlyList<string> Known { get; } = [Rollback, Retrain];

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

        var words = line[Prefix.Length..].Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(words is [var action, ..] ? action : "", words is [_, var reason] ? reason : "", id, author);
    }
}
