using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A trial that has come to its end.</summary>
/// <param name="Course">How it went.</param>
/// <param name="Server">The server of the version on trial; whoever gets this has to stop it, or to let it serve.</param>
/// <param name="Routes">The routes in force at its end, from which a promotion is made.</param>
/// <param name="Model">What is served.</param>
/// <param name="Rehearsal">What the rehearsal's client saw; null without rehearsal traffic.</param>
internal sealed record TrialResult(
    CanaryCourse Course, ServerInstance Server, RouteTable Routes, ServedModel Model, RehearsalResult? Rehearsal);
