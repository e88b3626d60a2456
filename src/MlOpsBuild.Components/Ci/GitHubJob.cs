namespace MlOpsBuild.Components.Ci;

/// <summary>A job of a workflow on GitHub.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Steps">What it does.</param>
internal sealed record GitHubJob(string Name, IReadOnlyList<GitHubStep> Steps)
{
    private const string Hosted = "ubuntu-latest";

    /// <summary>Labels of the machines it runs on, one after the other; empty for <see cref="Runner"/>.</summary>
    public IReadOnlyList<string> Matrix { get; init; } = [];

    /// <summary>The names, as JSON, of the pipelines that have a job of this kind each; null for one job.</summary>
    public string? Pipelines { get; init; }

    /// <summary>Label of the machine it runs on.</summary>
    public string Runner { get; init; } = Hosted;

    /// <summary>The image it runs in; null for the machine itself.</summary>
    public string? Container { get; init; }

    /// <summary>Minutes it may take.</summary>
    public required int Minutes { get; init; }

    /// <summary>The job before it, or null.</summary>
    public string? Needs { get; init; }

    /// <summary>When it runs, or null.</summary>
    public string? If { get; init; }

    /// <summary>What its token may do; empty for what the workflow's may.</summary>
    public IReadOnlyList<GitHubValue> Rights { get; init; } = [];

    /// <summary>What it tells other jobs.</summary>
    public IReadOnlyList<GitHubValue> Outputs { get; init; } = [];

    /// <summary>A job where the build asks for it.</summary>
    /// <param name="settings">What the build asks for.</param>
    /// <param name="name">Its name.</param>
    /// <param name="steps">What it does.</param>
    /// <param name="delivers">Whether it acts on the machine that serves, itself and in no container.</param>
    public static GitHubJob Of(GeneratedCiAttribute settings, string name, IReadOnlyList<GitHubStep> steps, bool delivers = false) =>
        new(name, steps)
        {
            Runner = (delivers ? settings.DeliveryRunner : settings.Runner) ?? Hosted, Container = delivers ? null : settings.Container,
            Minutes = settings.TimeoutMinutes,
        };
}
