using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Dashboard.State;

/// <summary>What is known of a pipeline in one environment.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">The environment.</param>
public sealed record PlaceFacts(string Pipeline, string Environment)
{
    /// <summary>What was observed; null where whoever would know does not answer.</summary>
    public Observation? Observed { get; init; }

    /// <summary>What is wrong with what serves, in words; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The version that should serve; null where none should.</summary>
    public int? Champion { get; init; }

    /// <summary>The version that would serve after a rollback; null where there is none.</summary>
    public int? Before { get; init; }

    /// <summary>A canary that goes on; null when none does.</summary>
    public LiveCanary? Canary { get; init; }

    /// <summary>The newest A/B test, as it was last seen; null where there was none.</summary>
    public ReportExperiment? Experiment { get; init; }

    /// <summary>What Monitor found last; null when it never looked.</summary>
    public MonitorResult? Watched { get; init; }

    /// <summary>The versions.</summary>
    public IReadOnlyList<ModelVersion> Versions { get; init; } = [];

    /// <summary>What the environment's policy asks, a line each.</summary>
    public IReadOnlyList<string> Policy { get; init; } = [];

    /// <summary>Approvals that count now, by version; null where nobody need agree.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<Approval>>? Approvals { get; init; }

    /// <summary>The runs.</summary>
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];

    /// <summary>The deployments, the newest first.</summary>
    public IReadOnlyList<DeploymentRecord> Deployments { get; init; } = [];

    /// <summary>Moves of what serves, the oldest first.</summary>
    public IReadOnlyList<AliasMove> Moves { get; init; } = [];
}
