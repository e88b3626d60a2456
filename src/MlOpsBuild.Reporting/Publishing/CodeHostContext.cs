namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What is being built, for the host that shows it.</summary>
public sealed record CodeHostContext
{
    /// <summary>Which host.</summary>
    public required CodeHostKind Kind { get; init; }

    /// <summary>Base of the host's REST interface, with a slash at its end.</summary>
    public required Uri Api { get; init; }

    /// <summary>Owner and name; on GitLab the project's number or path, on Azure DevOps project and repository.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the pull or merge request; null when there is none.</summary>
    public int? Request { get; init; }

    /// <summary>The commit that was pushed, not the merge commit that is tested.</summary>
    public required string Commit { get; init; }

    /// <summary>The branch or tag being built; null when the host does not say.</summary>
    public string? Reference { get; init; }

    /// <summary>The commit the change starts from, where the host says it.</summary>
    public string? BaseCommit { get; init; }

    /// <summary>The branch the change goes to; null when there is no request.</summary>
    public string? TargetBranch { get; init; }

    /// <summary>Number of the run; later runs have larger ones.</summary>
    public long Run { get; init; }

    /// <summary>Attempt at the run, from 1.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>Where the repository can be looked at, without a slash at its end; null when the host does not say.</summary>
    public Uri? Repository { get; init; }

    /// <summary>The run's page.</summary>
    public Uri? RunAddress { get; init; }

    /// <summary>The fork whose build is being reported on; null when this build is not that of a second workflow.</summary>
    public ForkHead? Fork { get; init; }

    /// <summary>Who asked for this build in a comment; null when nobody did.</summary>
    public string? AskedBy { get; init; }

    /// <summary>The token; null when the build was given none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The name that goes with the token, where it is a password; empty where the host looks at the password alone, null for a token that
    /// needs none.
    /// </summary>
    public string? User { get; init; }

    /// <summary>What <paramref name="environment"/> says; null outside the hosts we know.</summary>
    /// <param name="environment">Environment variables of a build server.</param>
    public static CodeHostContext? Of(IReadOnlyDictionary<string, string> environment)
    {
        var variables = new HostVariables(environment);

        // Gitea's runners say that they are GitHub's as well.
        return variables.IsGitea ? GiteaContext.Of(variables)
            : variables["GITHUB_ACTIONS"] == "true" ? GitHubContext.Of(variables)
            : variables["GITLAB_CI"] == "true" ? GitLabContext.Of(variables)
            : variables["TF_BUILD"] != null ? AzurePipelinesContext.Of(variables)
            : variables["BITBUCKET_BUILD_NUMBER"] != null ? BitbucketContext.Of(variables)
            : variables["CIRCLECI"] == "true" ? CircleCiContext.Of(variables)
            : variables["JENKINS_URL"] != null ? JenkinsContext.Of(variables)
            : null;
    }
}
