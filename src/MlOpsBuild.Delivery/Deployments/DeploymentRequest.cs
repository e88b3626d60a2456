using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What to deploy, and how.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Policy">How it takes over.</param>
/// <param name="Seed">Seed of assignment and rehearsal.</param>
/// <param name="Port">The gateway's port; 0 keeps the one in use or takes a free one.</param>
/// <param name="Fault">A fault to rehearse.</param>
/// <param name="MovesAliases">False on a build server, where the environment is a rehearsal and ends with the build.</param>
/// <param name="Actor">Who deploys.</param>
/// <param name="Program">The build program that deploys, kept in the store, or null.</param>
public sealed record DeploymentRequest(
    string Pipeline, ModelVersion Version, CanaryPolicy Policy, long Seed, int Port, FaultOptions? Fault, bool MovesAliases, string Actor, Digest? Program = null);
