using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Maturity;

/// <summary>What the store shows was really done for a pipeline.</summary>
/// <param name="Runs">Its runs, newest first.</param>
/// <param name="Deployments">Its deployments.</param>
/// <param name="Audit">The audit log.</param>
/// <param name="Reported">Whether a report was written.</param>
public sealed record MaturityFacts(
    IReadOnlyList<RunRecord> Runs, IReadOnlyList<DeploymentRecord> Deployments, IReadOnlyList<AuditEntry> Audit, bool Reported)
{
    /// <summary>The last looks at what serves, one for each place.</summary>
    public IReadOnlyList<MonitorResult> Watched { get; init; } = [];

    /// <summary>A report that shows slices; null where none does.</summary>
    public string? SlicedReport { get; init; }

    /// <summary>What people declare to have done by hand.</summary>
    public IReadOnlyList<Declaration> Declarations { get; init; } = [];
}
