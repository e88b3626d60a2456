using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>An entry of what <c>History --json</c> prints: one of both.</summary>
/// <param name="Pipeline">Whose.</param>
/// <param name="Move">A version came, or went.</param>
/// <param name="Refused">A version was refused.</param>
internal sealed record HistoryEntry(string Pipeline, AliasMove? Move, DeploymentRecord? Refused);
