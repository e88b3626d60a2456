using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who acts: one person or build server, by every name it is known by.</summary>
/// <param name="Actor">The name in records, for example <c>ada</c>.</param>
/// <param name="Names">All that they are, for example <c>github:ada</c> and <c>ci:acme/shop@main</c>.</param>
public sealed record Identity(string Actor, IReadOnlyList<Who> Names)
{
    private const string Branches = "refs/heads/";

    // Events that strangers cause: the branch they run on says nothing of who is behind them.
    private static readonly string[] CausedByOthers = ["pull_request", "pull_request_target", "workflow_run", "issue_comment"];
    private static readonly string[] RequestsOnGitLab = ["merge_request_event", "external_pull_request_event"];

    /// <summary>Whoever runs this build.</summary>
    /// <param name="actor">The name in records.</param>
    /// <param name="variables">Environment variables of the build.</param>
    /// <param name="trust">The key that is here, if one is.</param>
    public static Identity Of(string actor, IReadOnlyDictionary<string, string> variables, Trust trust)
    {
        string? Said(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        var names = new List<Who?>();
        if (Said("GITHUB_ACTIONS") == "true")
        {
            names.Add(Said("GITHUB_ACTOR") is { } login ? Who.OnGitHub(login) : null);
            names.Add(
                Said("GITHUB_REPOSITORY") is { } project && Said("GITHUB_REF") is { } reference
                    && reference.StartsWith(Branches, StringComparison.Ordinal) && !CausedByOthers.Contains(Said("GITHUB_EVENT_NAME"))
                    ? Who.Ci(project, reference[Branches.Length..])
                    : null);
        }
        else if (Said("GITLAB_CI") == "true")
        {
            names.Add(Said("GITLAB_USER_LOGIN") is { } login ? Who.OnGitLab(login) : null);
            names.Add(
                Said("CI_PROJECT_PATH") is { } project && Said("CI_COMMIT_BRANCH") is { } branch
                    && !RequestsOnGitLab.Contains(Said("CI_PIPELINE_SOURCE"))
                    ? Who.Ci(project, branch)
                    : null);
        }
        else
        {
            names.Add(Who.Local(actor));
        }

        names.Add(trust.KeyName is { } key ? Who.Key(key) : null);
        return new(actor, [.. names.OfType<Who>()]);
    }

    /// <summary>Whether they are among <paramref name="wanted"/>, directly or by a role.</summary>
    public bool IsAmong(IReadOnlyList<Who> wanted, Roles roles) =>
        wanted.SelectMany(roles.Of).Any(who => who.Kind == WhoKind.Anyone || Names.Contains(who));

    /// <inheritdoc />
    public override string ToString() => Names.Count == 0 ? Actor : string.Join(", ", Names);
}
