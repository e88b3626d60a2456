namespace MlOpsBuild.Dashboard.State;

/// <summary>A pipeline in one environment.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">The environment.</param>
public sealed record PlaceView(string Pipeline, string Environment)
{
    /// <summary>Where it answers; null while nothing does.</summary>
    public string? Address { get; init; }

    /// <summary>What is wrong with what serves, in words; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The version that serves; null where none does.</summary>
    public int? Champion { get; init; }

    /// <summary>The version that would serve after a rollback; null where there is none.</summary>
    public int? Before { get; init; }

    /// <summary>What runs.</summary>
    public IReadOnlyList<ServerView> Servers { get; init; } = [];

    /// <summary>A canary that goes on; null when none does.</summary>
    public CanaryView? Canary { get; init; }

    /// <summary>The newest A/B test; null where there was none.</summary>
    public ExperimentView? Experiment { get; init; }

    /// <summary>What Monitor found last; null when it never looked.</summary>
    public WatchView? Watch { get; init; }

    /// <summary>Quality of the versions as SVG; null with fewer than two.</summary>
    public string? Quality { get; init; }

    /// <summary>What the environment's policy asks, a line each.</summary>
    public IReadOnlyList<string> Policy { get; init; } = [];

    /// <summary>Whether people must agree before a version is deployed.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>The versions, the newest first.</summary>
    public IReadOnlyList<VersionView> Versions { get; init; } = [];

    /// <summary>Which version served, the newest move first.</summary>
    public IReadOnlyList<MoveView> History { get; init; } = [];
}
