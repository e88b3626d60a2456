namespace MlOpsBuild.Engine.Git;

/// <summary>Which kind of branch is checked out, by its usual name.</summary>
public static class GitRepositoryExtensions
{
    /// <summary><c>main</c> or <c>master</c>.</summary>
    public static bool IsOnMainOrMasterBranch(this GitRepository repository) =>
        repository.IsOnMainBranch() || repository.IsOnMasterBranch();

    /// <summary><c>master</c>.</summary>
    public static bool IsOnMasterBranch(this GitRepository repository) => Is(repository, "master");

    /// <summary><c>main</c>.</summary>
    public static bool IsOnMainBranch(this GitRepository repository) => Is(repository, "main");

    /// <summary><c>develop</c>, <c>dev</c> or <c>development</c>.</summary>
    public static bool IsOnDevelopBranch(this GitRepository repository) =>
        Is(repository, "develop") || Is(repository, "dev") || Is(repository, "development");

    /// <summary><c>feature/…</c> or <c>features/…</c>.</summary>
    public static bool IsOnFeatureBranch(this GitRepository repository) =>
        Begins(repository, "feature/") || Begins(repository, "features/");

    /// <summary><c>release/…</c> or <c>releases/…</c>.</summary>
    public static bool IsOnReleaseBranch(this GitRepository repository) =>
        Begins(repository, "release/") || Begins(repository, "releases/");

    /// <summary><c>hotfix/…</c> or <c>hotfixes/…</c>.</summary>
    public static bool IsOnHotfixBranch(this GitRepository repository) => Begins(repository, "hotfix/") || Begins(repository, "hotfixes/");

    private static bool Is(GitRepository repository, string name) =>
        string.Equals(repository.Branch, name, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(GitRepository repository, string name) =>
        repository.Branch?.StartsWith(name, StringComparison.OrdinalIgnoreCase) == true;
}
