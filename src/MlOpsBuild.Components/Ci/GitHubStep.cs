namespace MlOpsBuild.Components.Ci;

/// <summary>A step of a job on GitHub: an action, or a command.</summary>
internal sealed record GitHubStep
{
    /// <summary>The action, by commit; null for a command.</summary>
    public string? Uses { get; init; }

    /// <summary>What the action is given.</summary>
    public IReadOnlyList<GitHubValue> With { get; init; } = [];

    /// <summary>The command's name.</summary>
    public string? Name { get; init; }

    /// <summary>The command, for a shell; nothing from outside is in it.</summary>
    public string? Run { get; init; }

    /// <summary>The command's environment.</summary>
    public IReadOnlyList<GitHubValue> Environment { get; init; } = [];

    /// <summary>What later steps call it, or null.</summary>
    public string? Id { get; init; }

    /// <summary>When it runs; after what went well, if null.</summary>
    public string? If { get; init; }

    /// <summary>Why it may fail; null where it may not.</summary>
    public string? MayFail { get; init; }
}
