namespace MlOpsBuild.Delivery.Governance;

/// <summary>How somebody is known.</summary>
public enum WhoKind
{
    /// <summary>Everybody.</summary>
    Anyone,

    /// <summary>A user of the machine that the build runs on. As true as that machine is.</summary>
    Local,

    /// <summary>Whoever started a workflow on GitHub, or wrote the comment that did.</summary>
    GitHub,

    /// <summary>Whoever started a pipeline on GitLab.</summary>
    GitLab,

    /// <summary>The build server itself, on a branch of a project.</summary>
    Ci,

    /// <summary>Whoever has the private part of a key: the only kind that is proved.</summary>
    Key,

    /// <summary>Those that the file of roles lists.</summary>
    Role,

    /// <summary>Whoever started a pipeline of Azure DevOps, by their name to log in.</summary>
    Azure,

    /// <summary>Whoever started a workflow on Gitea or Forgejo, or wrote the comment that did.</summary>
    Gitea,
}
