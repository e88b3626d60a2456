using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a contract test needs.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Bundle">The bundle's digest.</param>
/// <param name="Model">Its model.</param>
/// <param name="Rows">Its golden rows.</param>
/// <param name="Server">What serves it: the digest of the server program, or of the image.</param>
/// <param name="LatencyBudget">Longest median answer.</param>
public sealed record ContractTestInput(
    string Pipeline, Digest Bundle, ServedModel Model, Artifact Rows, Digest Server, TimeSpan LatencyBudget)
{
    /// <summary>The version whose image is tested; 0 for a bundle that has no number yet.</summary>
    public int Version { get; init; }

    /// <summary>What it may cost.</summary>
    public ServingBudget Budget { get; init; } = new();
}
