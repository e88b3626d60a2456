using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>What figures of delivery are made from.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where it serves.</param>
/// <param name="Runs">Its runs, in any order.</param>
/// <param name="Deployments">Its deployments, in any order.</param>
/// <param name="Versions">Its versions.</param>
/// <param name="Audit">The audit log.</param>
/// <param name="Commits">When commits were made, as far as the repository knows.</param>
public sealed record OperationsInput(
    string Pipeline, string Environment, IReadOnlyList<RunRecord> Runs, IReadOnlyList<DeploymentRecord> Deployments,
    IReadOnlyList<ModelVersion> Versions, IReadOnlyList<AuditEntry> Audit, IReadOnlyDictionary<string, DateTimeOffset> Commits);
