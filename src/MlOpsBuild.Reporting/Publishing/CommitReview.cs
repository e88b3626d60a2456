namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A merged pull or merge request that a commit came by.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">Who proposed it.</param>
/// <param name="Approvers">Who approved it, as it was merged, of those who may write to the project.</param>
public sealed record CommitReview(int Number, string Author, IReadOnlyList<string> Approvers)
{
    /// <summary>Whether somebody else than its author approved it.</summary>
    public bool IsReviewed => Approvers.Any(approver => !string.Equals(approver, Author, StringComparison.OrdinalIgnoreCase));
}
