using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Who acts: one person or build server, by every name it is known by.</summary>
/// <param name="Actor">The name in records, for example <c>ada</c>.</param>
/// <param name="Names">All that they are, for example <c>github:ada</c> and <c>ci:acme/shop@main</c>.</param>
public sealed record Identity(string Actor, IReadOnlyList<Who> Names)
{
    private const string Branches = "refs/heads/";

    // Only what people with a right to the branch, or its own clock, cause is the branch's: strangers cause everything else, too.
    private static readonly string[] CausedOnGitHub = ["push", "schedule", "workflow_dispatch"];
    private static readonly string[] CausedOnGitLab = ["push", "schedule", "web"];

    // Hosts name whoever edited the clock last as its person.
    private const string Clock = "schedule";
    private const string Comment = "issue_comment";

    /// <summary>Whoever runs this build.</summary>
    /// <param name="actor">The name in records.</param>
    /// <param name="variables">Environment variables of the build.</param>
    /// <param name="trust">The key that is here, if one is.</param>
    public static Identity Of(string actor, IReadOnlyDictionary<string, string> variables, Trust trust)
    {
        string? Said(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        var (onGitHub, onGitLab) = (Said("GITHUB_ACTIONS") == "true", Said("GITLAB_CI") == "true");
        var person = onGitHub ? GitHubPerson(Said) : onGitLab ? GitLabPerson(Said) : Who.Local(actor);
        var server = onGitHub ? GitHubBranch(Said) : onGitLab ? GitLabBranch(Said) : null;

        // The key of a build server is nobody's: whoever writes a comment would have it otherwise.
        var key = (onGitHub || onGitLab) && server == null ? null : trust.KeyName;
        return new(actor, [.. new[] { person, server, key == null ? null : Who.Key(key) }.OfType<Who>()]);
    }

    private static Who? GitHubPerson(Func<string, string?> said)
    {
        // Whoever runs a workflow once more is not whoever caused it; a comment is its author's word, and nobody else's.
        var (cause, author) = (said("GITHUB_EVENT_NAME"), said("GITHUB_ACTOR"));
        var login = said("GITHUB_TRIGGERING_ACTOR") ?? author;
        return login == null || cause == Clock || (cause == Comment && login != author) ? null : Who.OnGitHub(login);
    }

    private static Who? GitHubBranch(Func<string, string?> said) =>
        said("GITHUB_REPOSITORY") is { } project && said("GITHUB_REF") is { } reference
            && reference.StartsWith(Branches, StringComparison.Ordinal) && CausedOnGitHub.Contains(said("GITHUB_EVENT_NAME"))
            ? Who.Ci(project, reference[Branches.Length..])
            : null;

    private static Who? GitLabPerson(Func<string, string?> said) =>
        said("GITLAB_USER_LOGIN") is { } login && said("CI_PIPELINE_SOURCE") != Clock ? Who.OnGitLab(login) : null;

    private static Who? GitLabBranch(Func<string, string?> said) =>
        said("CI_PROJECT_PATH") is { } project && said("CI_COMMIT_BRANCH") is { } branch
            && CausedOnGitLab.Contains(said("CI_PIPELINE_SOURCE"))
            ? Who.Ci(project, branch)
            : null;

    /// <summary>Whether they are among <paramref name="wanted"/>, directly or by a role.</summary>
    public bool IsAmong(IReadOnlyList<Who> wanted, Roles roles) =>
        wanted.SelectMany(roles.Of).Any(who => who.Kind == WhoKind.Anyone || Names.Contains(who));

    /// <inheritdoc />
    public override string ToString() => Names.Count == 0 ? Actor : string.Join(", ", Names);
}
