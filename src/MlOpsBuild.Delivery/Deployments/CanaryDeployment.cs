using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Runs a canary of a new version beside the one that serves, under rehearsal traffic, and carries out the decision.</summary>
internal sealed class CanaryDeployment(LocalEnvironment environment, LocalStateFile file, ServerLauncher launcher, AdminClient admin, TimeProvider time)
{
    private bool _promoted;

    /// <summary>Runs the canary.</summary>
    /// <param name="record">The record so far.</param>
    /// <param name="request">What to deploy.</param>
    /// <param name="observed">What serves.</param>
    /// <param name="champion">The bundle that serves.</param>
    /// <param name="candidate">The bundle on trial.</param>
    /// <param name="serves">Called with the reason at the moment the new version serves, so that a rollback finds it recorded.</param>
    /// <param name="progress">Told each look.</param>
    /// <param name="cancellationToken">Stops the canary; the baseline keeps serving.</param>
    public async Task<DeploymentRecord> RunAsync(
        DeploymentRecord record, DeploymentRequest request, Observation observed, Bundle champion, Bundle candidate, Func<string, Task> serves, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var rows = await candidate.PartAsync(BundlePart.Rows, cancellationToken);
        var (overBy, underBy) = await UsualError.OfAsync(await champion.PartAsync(BundlePart.Rows, cancellationToken), cancellationToken);
        var limits = new BadEventLimits(request.Policy.SlowAfter.TotalMilliseconds, overBy, underBy);
        var canary = await environment.StartAsync(request.Version.Number, await candidate.PartAsync(BundlePart.Model, cancellationToken), request.Fault, cancellationToken);
        try
        {
            await WarmUp.RunAsync(canary, rows, time, cancellationToken);
            var start = observed.Routes! with { Epoch = observed.Routes.Epoch + 1, Limits = limits };
            await environment.RouteAsync(start, request.Port, request.Seed, cancellationToken);
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"canary: v{request.Version.Number} beside v{record.From}, rehearsal traffic {request.Policy.RehearsalRate}/s, false alarm {request.Policy.FalseAlarm}"));
            using var rehearsal = await RehearsalTraffic.StartAsync(launcher, file.Folder, observed.Gateway!.Port, rows, request.Policy.RehearsalRate, request.Seed, cancellationToken);
            var traffic = new GatewayTraffic(admin, observed.Gateway, start, new(canary.Version, canary.Port));
            var course = await new CanaryController(request.Policy, traffic, time).RunAsync(new LookProgress(progress), cancellationToken);
            var unnoticed = request.Fault != null && course.Decision == CanaryDecision.Promote;
            if (unnoticed)
            {
                await traffic.SetCanaryAsync(0, cancellationToken);
            }

            if (!unnoticed && course.Decision == CanaryDecision.Promote)
            {
                await PromoteAsync(request, observed, canary, limits, () => serves(course.Reason), CancellationToken.None);
            }

            return record with
            {
                Outcome = _promoted ? DeploymentOutcome.Promoted : course.Decision == CanaryDecision.Rollback ? DeploymentOutcome.RolledBack : DeploymentOutcome.Inconclusive,
                Reason = unnoticed ? RehearsedFault.Unnoticed(course.Reason) : course.Reason,
                Limits = limits,
                Looks = course.Looks,
                Rehearsal = await rehearsal.StopAsync(_promoted ? CancellationToken.None : cancellationToken),
            };
        }
        finally
        {
            if (!_promoted)
            {
                await environment.StopAsync(canary, CancellationToken.None);
            }
        }
    }

    // The version before stays warm for a rollback; what is older goes.
    // From the first step on nothing may be cancelled: a half-done promotion would end the server that serves.
    private async Task PromoteAsync(DeploymentRequest request, Observation before, ServerInstance canary, BadEventLimits limits, Func<Task> serves, CancellationToken cancellationToken)
    {
        var routes = await admin.RoutesAsync(before.Gateway!, cancellationToken);
        if (routes?.Canary?.Port != canary.Port)
        {
            return;
        }

        await environment.RouteAsync(new(routes.Epoch + 1, new(canary.Version, canary.Port), null, 0, limits), request.Port, request.Seed, cancellationToken);
        _promoted = true;
        await serves();
        foreach (var server in before.Servers.Where(server => server.Instance.Id != before.Serving?.Id))
        {
            await environment.StopAsync(server.Instance, cancellationToken);
        }
    }

    private sealed class LookProgress(IProgress<string> progress) : IProgress<CanaryLook>
    {
        public void Report(CanaryLook value) => progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.CanaryPercent,3:0} %  canary {value.CanaryRequests,5}  baseline {value.BaselineRequests,5}  {value.Decision}: {value.Reason}"));
    }
}
