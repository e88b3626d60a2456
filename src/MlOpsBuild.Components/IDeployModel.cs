using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Deploys a version by canary.</summary>
public interface IDeployModel : IPackageModel, IHazDryRun
{
    /// <summary>Port of the gateway; the one in use, or a free one, by default.</summary>
    [Parameter("Port of the gateway; the one in use, or a free one, by default")]
    int? Port => TryGetValue<int?>(() => Port);

    /// <summary>Rehearses a bad version: <c>errors=0.05</c>, <c>latency=300ms</c>, <c>predictions=1.3x</c>.</summary>
    [Parameter("Rehearses a bad version on 'local': errors=0.05, latency=300ms or predictions=1.3x")]
    string? InjectFault => TryGetValue(() => InjectFault);

    /// <summary>Whether the version goes on serving when the build has ended.</summary>
    [Parameter("With Deploy: whether the version goes on serving after the build; by default yes on one's own machine and in a cluster, and no on a build server of its own, where a deployment is a rehearsal")]
    bool? KeepServing => TryGetValue<bool?>(() => KeepServing);

    /// <summary>Lets a version out once more that a canary or a person refused.</summary>
    [Parameter("With Deploy: lets a version out once more that a canary refused or a person rolled back or withdrew")]
    bool? Again => TryGetValue<bool?>(() => Again);

    /// <summary>Compares only.</summary>
    [Parameter("With Deploy: compares the version with the champion on mirrored requests; no caller gets an answer of it, and it takes nothing over")]
    bool? Shadow => TryGetValue<bool?>(() => Shadow);

    /// <summary>Writes a unit of systemd.</summary>
    [Parameter("With Deploy: writes a unit of the user's systemd that brings gateway and servers back after a reboot")]
    bool? Unit => TryGetValue<bool?>(() => Unit);

    /// <summary>Deploys a version by canary.</summary>
    Target Deploy => _ => _
        .Description("Deploys the version by canary on the environment: local, docker or kubernetes")
        .Example("Deploy --model-version 3", "an earlier version, by canary")
        .Example("Train Deploy --inject-fault errors=0.05", "rehearses a bad version and its rollback")
        .DependsOn<IPackageModel>(build => build.Package)
        .RequiresOf(
            this, () => Port is null or (>= 0 and <= ushort.MaxValue), "needs a --port from 1 to 65535, or 0 for any that is free")
        .RequiresOf(
            this, () => IsReviewed,
            "requires on a build server that Train is named, or a version by --model-version: nothing ships that nobody asked for")
        .ExecutesWithForecast(this, async (session, ct) =>
        {
            var choices = new DeployChoices(
                ModelVersion, Port, InjectFault, KeepServing ?? ServingPlaces.KeepsServing(session), Again == true, Shadow == true,
                DryRun == true, Unit == true);
            await EachInTurnAsync(session, (run, token) => DeliveryFlow.DeployAsync(session, run, choices, Server, token), ct);
        });

    /// <summary>On a build server nothing ships that was not asked for: <c>Train</c> is named, or a registered version is.</summary>
    private bool IsReviewed => IsLocalBuild || ModelVersion != null || InvokedTargets.Any(target => target.Name == nameof(Train));
}
