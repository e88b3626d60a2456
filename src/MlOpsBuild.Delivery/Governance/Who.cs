namespace MlOpsBuild.Delivery.Governance;

/// <summary>Somebody who may act, as <c>github:ada</c>.</summary>
/// <param name="Kind">How they are known.</param>
/// <param name="Name">Their name; empty for anyone.</param>
public sealed record Who(WhoKind Kind, string Name)
{
    /// <summary>Everybody.</summary>
    public static Who Anyone { get; } = new(WhoKind.Anyone, "");

    /// <summary>A user of the machine that the build runs on.</summary>
    public static Who Local(string user) => new(WhoKind.Local, user);

    /// <summary>A person on GitHub: whoever started the workflow, or wrote the comment that did.</summary>
    public static Who OnGitHub(string login) => new(WhoKind.GitHub, login);

    /// <summary>A person on GitLab.</summary>
    public static Who OnGitLab(string login) => new(WhoKind.GitLab, login);

    /// <summary>A person on Azure DevOps, by their name to log in, for example <c>ada@example.org</c>.</summary>
    public static Who OnAzure(string login) => new(WhoKind.Azure, login);

    /// <summary>A person on Gitea or Forgejo.</summary>
    public static Who OnGitea(string login) => new(WhoKind.Gitea, login);

    /// <summary>The build server on a branch, but not for a change that is only proposed.</summary>
    /// <param name="project">Owner and name, for example <c>acme/shop</c>.</param>
    /// <param name="branch">The branch, for example <c>main</c>.</param>
    public static Who Ci(string project, string branch) => new(WhoKind.Ci, $"{project}@{branch}");

    /// <summary>Whoever has this key; <c>./build.sh Keys</c> tells its name.</summary>
    public static Who Key(string name) => new(WhoKind.Key, name);

    /// <summary>Those whom <c>.nuke/roles.json</c> lists under this name.</summary>
    public static Who Role(string name) => new(WhoKind.Role, name);

    /// <summary>Reads <c>github:ada</c>; null for what is no such word.</summary>
    public static Who? TryParse(string? text) =>
        text == "anyone" ? Anyone
        : text?.Split(':', 2) is [var kind, { Length: > 0 } name]
            && Enum.GetValues<WhoKind>().Skip(1).FirstOrDefault(known => Word(known) == kind) is var found and not WhoKind.Anyone
            ? new(found, name)
            : null;

    /// <inheritdoc />
    public override string ToString() => Kind == WhoKind.Anyone ? "anyone" : $"{Word(Kind)}:{Name}";

    private static string Word(WhoKind kind) => kind.ToString().ToLowerInvariant();
}
