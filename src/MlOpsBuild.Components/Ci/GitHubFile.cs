using MlOpsBuild.Rendering;

namespace MlOpsBuild.Components.Ci;

/// <summary>A workflow of GitHub Actions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Jobs">Its jobs.</param>
internal sealed record GitHubFile(string Name, IReadOnlyList<GitHubJob> Jobs)
{
    private static readonly string Template = EmbeddedText.Read(typeof(GitHubFile).Assembly, "workflow.yml.sbn");

    /// <summary>Pull requests start it, and pushes to this branch; null where they do not.</summary>
    public string? Branch { get; init; }

    /// <summary>When it starts by itself, in cron's five fields; empty for never.</summary>
    public IReadOnlyList<string> Schedules { get; init; } = [];

    /// <summary>The jobs that a person may start.</summary>
    public IReadOnlyList<CiJob> Manual { get; init; } = [];

    /// <summary>The workflow whose end starts it, or null.</summary>
    public string? After { get; init; }

    /// <summary>Whether comments start it.</summary>
    public bool OnComments { get; init; }

    /// <summary>Of runs with this name one goes on, and ends the check of an older one; null lets all go on.</summary>
    public string? Group { get; init; }

    /// <summary>What readers should know of that.</summary>
    public string? Note { get; init; }

    /// <summary>Its text.</summary>
    public string Write() => new ScribanRenderer(TextFormat.Yaml).Render(Template, this);
}
