namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Which variable has the token of which host, and what the token needs.</summary>
internal static class HostTokens
{
    /// <summary>The token; null when the build was given none.</summary>
    public static string? Of(CodeHostKind kind, HostVariables said) =>
        Variables(kind, said).Select(name => said[name]).FirstOrDefault(token => token != null);

    /// <summary>The name that goes with it, where it is a password.</summary>
    public static string? User(CodeHostKind kind, HostVariables said) => kind switch
    {
        // The token of a build stands alone, a person's is a password.
        CodeHostKind.AzureDevOps => said["SYSTEM_ACCESSTOKEN"] == null ? "" : null,
        CodeHostKind.Bitbucket => said["BITBUCKET_USER"],
        _ => null,
    };

    /// <summary>What to give a build that has none.</summary>
    public static string Advice(CodeHostKind kind) => kind switch
    {
        CodeHostKind.GitHub => "GITHUB_TOKEN",
        CodeHostKind.GitLab => "GITLAB_TOKEN with the scope api",
        CodeHostKind.AzureDevOps => "SYSTEM_ACCESSTOKEN: $(System.AccessToken)",
        CodeHostKind.Gitea => "GITEA_TOKEN, or let it have GITHUB_TOKEN",
        _ => "BITBUCKET_TOKEN, an access token of the repository with pullrequest:write",
    };

    /// <summary>What a token needs that may not show a deployment.</summary>
    public static string NeededToDeploy(CodeHostKind kind) => kind switch
    {
        CodeHostKind.GitHub => "the job needs deployments: write",
        CodeHostKind.GitLab => "the token needs the scope api",
        CodeHostKind.AzureDevOps => "the build service needs Contribute on the repository",
        CodeHostKind.Gitea => "the token needs write:repository",
        _ => "the token needs repository:write",
    };

    /// <summary>What a token needs that may not comment.</summary>
    public static string NeededToComment(CodeHostKind kind) => kind switch
    {
        CodeHostKind.GitHub => "a fork's pull request is reported by the second workflow",
        CodeHostKind.GitLab => "it needs the scope api",
        CodeHostKind.AzureDevOps => "the build service needs Contribute to pull requests",
        CodeHostKind.Gitea => "it needs write:issue; a fork's has none",
        _ => "it needs pullrequest:write",
    };

    /// <summary>The kind whose token a build was given, where its address does not say which host it is.</summary>
    public static CodeHostKind? Given(HostVariables said) =>
        Enum.GetValues<CodeHostKind>().Where(kind => Of(kind, said) != null).Select(kind => (CodeHostKind?)kind).FirstOrDefault();

    // A token of one host is never shown to another: what a runner of Gitea calls GitHub's is its own.
    private static string[] Variables(CodeHostKind kind, HostVariables said) => kind switch
    {
        CodeHostKind.GitHub => said.IsGitea ? [] : ["GITHUB_TOKEN"],
        CodeHostKind.GitLab => ["GITLAB_TOKEN"],
        CodeHostKind.AzureDevOps => ["SYSTEM_ACCESSTOKEN", "AZURE_DEVOPS_EXT_PAT"],
        CodeHostKind.Gitea => ["GITEA_TOKEN", "FORGEJO_TOKEN", .. said.IsGitea ? (string[])["GITHUB_TOKEN"] : []],
        _ => ["BITBUCKET_TOKEN"],
    };
}
