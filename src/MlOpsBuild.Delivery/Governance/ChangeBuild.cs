namespace MlOpsBuild.Delivery.Governance;

/// <summary>Builds of changes that nobody has accepted yet: whoever proposes one must not thereby decide anything.</summary>
public static class ChangeBuild
{
    private static readonly string[] Events =
        ["pull_request", "pull_request_target", "merge_request_event", "external_pull_request_event", "PullRequest"];

    // By the event; by the number of a request where there is no event.
    private static readonly string[] Named = ["GITHUB_EVENT_NAME", "CI_PIPELINE_SOURCE", "BUILD_REASON"];
    private static readonly string[] Numbered =
        ["SYSTEM_PULLREQUEST_PULLREQUESTID", "BITBUCKET_PR_ID", "CHANGE_ID", "CIRCLE_PULL_REQUEST", "CIRCLE_PR_NUMBER"];

    /// <summary>Whether the build server runs this build for one.</summary>
    /// <param name="variables">Environment variables of the build.</param>
    public static bool IsProposed(IReadOnlyDictionary<string, string> variables) =>
        Named.Any(name => Events.Contains(variables.GetValueOrDefault(name)))
        || Numbered.Any(name => variables.GetValueOrDefault(name) is { Length: > 0 });
}
