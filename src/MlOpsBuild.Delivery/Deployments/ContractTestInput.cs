using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a contract test needs.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Bundle">The bundle's digest.</param>
/// <param name="Model">Its model.</param>
/// <param name="Known">Columns that a request may carry.</param>
/// <param name="Rows">Its golden rows.</param>
/// <param name="Program">The server program.</param>
/// <param name="LatencyBudget">Longest median answer.</param>
public sealed record ContractTestInput(string Pipeline, Digest Bundle, Artifact Model, IReadOnlyList<FieldRule> Known, Artifact Rows, ServerProgram Program, TimeSpan LatencyBudget);
