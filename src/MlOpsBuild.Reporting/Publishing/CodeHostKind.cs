namespace MlOpsBuild.Reporting.Publishing;

/// <summary>The hosts that reports are published on.</summary>
public enum CodeHostKind
{
    /// <summary>GitHub, github.com or an enterprise's own.</summary>
    GitHub,

    /// <summary>GitLab, gitlab.com or one's own.</summary>
    GitLab,

    /// <summary>Azure DevOps, the service or a server of one's own.</summary>
    AzureDevOps,

    /// <summary>Gitea or Forgejo.</summary>
    Gitea,

    /// <summary>Bitbucket Cloud.</summary>
    Bitbucket,
}
