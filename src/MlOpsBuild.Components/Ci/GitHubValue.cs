namespace MlOpsBuild.Components.Ci;

/// <summary>A named value in a workflow: of a step, of its environment, of a job's rights.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">The value as YAML, for example an expression of GitHub's; null for a text.</param>
/// <param name="Why">What stands behind it, for readers; null for nothing.</param>
internal sealed record GitHubValue(string Name, string? Expression, string? Why = null)
{
    /// <summary>The value, where it is a text that may hold anything.</summary>
    public string? Text { get; init; }

    /// <summary>A text.</summary>
    public static GitHubValue Of(string name, string text) => new(name, null) { Text = text };
}
