namespace MlOpsBuild.Reporting.Publishing;

/// <summary>The hosts that reports are published on.</summary>
public enum CodeHostKind
{
    /// <summary>GitHub, github.com or an enterprise's own.</summary>
    GitHub,

    /// <summary>GitLab, gitlab.com or one's own.</summary>
    GitLab,
}
