namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A pull or merge request that brought commits to a branch of a fake host.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Author">Who proposed it.</param>
/// <param name="Head">The newest commit that was proposed.</param>
/// <param name="Commits">The commits that came by it.</param>
public sealed record FakeMerge(int Number, string Author, string Head, params string[] Commits)
{
    /// <summary>Whether it was merged; else it is still open.</summary>
    public bool Merged { get; init; } = true;

    /// <summary>The branch it went to.</summary>
    public string Branch { get; init; } = "main";

    /// <summary>The commit that the merge made; the last of its commits when left out.</summary>
    public string MergeCommit { get; init; } = Commits.LastOrDefault() ?? Head;

    /// <summary>What people said of it, oldest first: who, what (<c>APPROVED</c>, …), and of which commit.</summary>
    public IReadOnlyList<(string Who, string State, string Commit)> Reviews { get; init; } = [];
}
