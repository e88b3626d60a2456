namespace MlOpsBuild.Store.Git;

/// <summary>How a commit of the branch stands to one that was agreed on.</summary>
internal enum Relation
{
    /// <summary>It came later.</summary>
    Continued,

    /// <summary>Both come from one beginning, and it did not come later: the branch was set back or rewritten.</summary>
    Diverged,

    /// <summary>It has a beginning of its own: the branch was taken away and made again.</summary>
    Unrelated,

    /// <summary>The remote could not be asked.</summary>
    Unknown,
}
