namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What became of a comment.</summary>
public enum CommentOutcome
{
    /// <summary>There was none; now there is.</summary>
    Created,

    /// <summary>The comment says what this run found.</summary>
    Updated,

    /// <summary>It said so already.</summary>
    Unchanged,

    /// <summary>It is of a newer run and stays.</summary>
    Superseded,
}
