namespace MlOpsBuild.Delivery.Governance;

/// <summary>What a build server says of who acts.</summary>
/// <param name="Person">The person; null where none, or another's, is named.</param>
/// <param name="Branch">The server itself, on a branch of a project; null for what strangers may cause.</param>
internal sealed record ServerIdentity(Who? Person, Who? Branch)
{
    private const string Branches = "refs/heads/";

    // Only what people with a right to the branch, or its own clock, cause is the branch's: strangers cause everything else, too.
    private static readonly string[] CausedOnGitHub = ["push", "schedule", "workflow_dispatch"];
    private static readonly string[] CausedOnGitLab = ["push", "schedule", "web"];
    private static readonly string[] CausedOnAzure = ["IndividualCI", "BatchedCI", "Schedule", "Manual"];

    // Hosts name whoever edited the clock last as its person.
    private const string Clock = "schedule";
    private const string Comment = "issue_comment";

    /// <summary>Who that is; null on no build server that we know.</summary>
    /// <param name="actor">The user of the machine.</param>
    /// <param name="proposed">Whether a change is built that is only proposed.</param>
    /// <param name="said">A variable, or null.</param>
    public static ServerIdentity? Of(string actor, bool proposed, Func<string, string?> said) =>
        said("GITEA_ACTIONS") == "true" || said("FORGEJO_ACTIONS") == "true" ? new(WorkflowPerson(said, Who.OnGitea), WorkflowBranch(said))
        : said("GITHUB_ACTIONS") == "true" ? new(WorkflowPerson(said, Who.OnGitHub), WorkflowBranch(said))
        : said("GITLAB_CI") == "true" ? GitLab(said)
        : said("TF_BUILD") != null ? Azure(said)
        : said("JENKINS_URL") != null ? Nameless(actor, proposed, RepositoryOf(said("GIT_URL")), said("BRANCH_NAME"))
        : said("CIRCLECI") != null
            ? Nameless(
                actor, proposed, $"{said("CIRCLE_PROJECT_USERNAME")}/{said("CIRCLE_PROJECT_REPONAME")}", said("CIRCLE_BRANCH"))
        : said("BITBUCKET_BUILD_NUMBER") != null ? Nameless(actor, proposed, said("BITBUCKET_REPO_FULL_NAME"), said("BITBUCKET_BRANCH"))
        : null;

    private static Who? WorkflowPerson(Func<string, string?> said, Func<string, Who> person)
    {
        // Whoever runs a workflow once more is not whoever caused it; a comment is its author's word, and nobody else's.
        var (cause, author) = (said("GITHUB_EVENT_NAME"), said("GITHUB_ACTOR"));
        var login = said("GITHUB_TRIGGERING_ACTOR") ?? author;
        return login == null || cause == Clock || (cause == Comment && login != author) ? null : person(login);
    }

    private static Who? WorkflowBranch(Func<string, string?> said) =>
        CausedOnGitHub.Contains(said("GITHUB_EVENT_NAME")) ? On(said("GITHUB_REPOSITORY"), said("GITHUB_REF")) : null;

    private static ServerIdentity GitLab(Func<string, string?> said) => new(
        said("GITLAB_USER_LOGIN") is { } login && said("CI_PIPELINE_SOURCE") != Clock ? Who.OnGitLab(login) : null,
        said("CI_PROJECT_PATH") is { } project && said("CI_COMMIT_BRANCH") is { } branch
            && CausedOnGitLab.Contains(said("CI_PIPELINE_SOURCE"))
            ? Who.Ci(project, branch)
            : null);

    private static ServerIdentity Azure(Func<string, string?> said) => new(
        said("BUILD_REQUESTEDFOREMAIL") is { } login && said("BUILD_REASON") != "Schedule" ? Who.OnAzure(login) : null,
        CausedOnAzure.Contains(said("BUILD_REASON"))
            ? On(
                said("BUILD_REPOSITORY_PROVIDER") is null or "TfsGit"
                    ? $"{said("SYSTEM_TEAMPROJECT")}/{said("BUILD_REPOSITORY_NAME")}"
                    : said("BUILD_REPOSITORY_NAME"),
                said("BUILD_SOURCEBRANCH"))
            : null);

    // These do not say who caused a build, or not how: it is the machine's user and the branch, unless somebody only proposes it.
    private static ServerIdentity Nameless(string actor, bool proposed, string? project, string? branch) => proposed
        ? new(null, null)
        : new(Who.Local(actor), project != null && branch != null ? Who.Ci(project, branch) : null);

    private static Who? On(string? project, string? reference) =>
        project != null && reference?.StartsWith(Branches, StringComparison.Ordinal) == true
            ? Who.Ci(project, reference[Branches.Length..])
            : null;

    // git@HOST:OWNER/NAME.git, or an address of the web.
    private static string? RepositoryOf(string? remote)
    {
        var path = Uri.TryCreate(remote, UriKind.Absolute, out var address) ? address.AbsolutePath : remote?.Split(':', 2)[^1];
        var name = path?.Trim('/');
        return name?.EndsWith(".git", StringComparison.Ordinal) == true ? name[..^4] : name;
    }
}
