using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Deploys where nothing serves: there is no comparison, so the rate of bad events needs an absolute bound.</summary>
internal sealed class FirstDeployment(LocalEnvironment environment, LocalStateFile file, ServerLauncher launcher, AdminClient admin, TimeProvider time)
{
    private const int LooksInSilence = 60;

    public async Task<DeploymentRecord> RunAsync(
        DeploymentRecord record, DeploymentRequest request, Bundle bundle, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var rows = await bundle.PartAsync(BundlePart.Rows, cancellationToken);
        var settled = false;
        try
        {
            var server = await environment.StartAsync(request.Version.Number, await bundle.PartAsync(BundlePart.Model, cancellationToken), request.Fault, cancellationToken);
            await WarmUp.RunAsync(server, rows, time, cancellationToken);
            var limits = new BadEventLimits(request.Policy.SlowAfter.TotalMilliseconds, null, null);
            await environment.RouteAsync(new(1, new(server.Version, server.Port), null, 0, limits), request.Port, request.Seed, cancellationToken);
            var observed = await environment.ObserveAsync(cancellationToken);
            await WarmUp.RunAsync(observed.Gateway!, rows, time, cancellationToken);

            // Warm-up requests are not evidence: they belong to an epoch of their own.
            await environment.RouteAsync(observed.Routes! with { Epoch = 2 }, request.Port, request.Seed, cancellationToken);
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"no champion: v{server.Version} takes rehearsal traffic ({request.Policy.RehearsalRate}/s) and must keep bad events under {request.Policy.ToleratedRate:0.##%}"));
            using var traffic = await RehearsalTraffic.StartAsync(launcher, file.Folder, observed.Gateway!.Port, rows, request.Policy.RehearsalRate, request.Seed, cancellationToken);
            var looks = await WatchAsync(request, observed, progress, cancellationToken);
            var rehearsal = await traffic.StopAsync(cancellationToken);
            var good = looks[^1].Decision == CanaryDecision.Promote;
            settled = good && request.Fault == null;
            return record with
            {
                Outcome = settled ? DeploymentOutcome.FirstServed : good ? DeploymentOutcome.Inconclusive : DeploymentOutcome.RolledBack,
                Reason = good && !settled ? RehearsedFault.Unnoticed(looks[^1].Reason) : looks[^1].Reason,
                Address = observed.Address,
                Limits = limits,
                Looks = looks,
                Rehearsal = rehearsal,
            };
        }
        finally
        {
            if (!settled)
            {
                await environment.StopAllAsync(CancellationToken.None);
            }
        }
    }

    // Judged in windows of one step's requests: a stall in the first second must not stand against a version for good.
    private async Task<List<CanaryLook>> WatchAsync(DeploymentRequest request, Observation observed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var judge = new CanaryJudge(request.Policy);
        var looks = new List<CanaryLook>();
        var window = 2;
        while (true)
        {
            await Task.Delay(CanaryController.LookEvery, time, cancellationToken);
            var counts = await admin.CountsAsync(observed.Gateway!, cancellationToken) ?? throw new StageFailedException(new Finding(
                "The gateway does not answer", observed.Address?.ToString(), null, "an answer of the gateway", "run the deployment again"));
            var here = counts.FirstOrDefault(epoch => epoch.Epoch == window)?.Baseline ?? ArmCounts.None;
            var look = judge.LookAlone(here, time.GetUtcNow(), counts.Where(epoch => epoch.Epoch > 1).Sum(epoch => epoch.Baseline.Requests));
            var silent = looks.Count >= LooksInSilence && look.CanaryRequests == 0 && looks[^LooksInSilence].CanaryRequests == 0;
            look = silent ? look with { Decision = CanaryDecision.Rollback, Reason = "no rehearsal traffic arrives: nothing can be judged" } : look;
            looks.Add(look);
            progress.Report(look.Reason);
            if (look.Decision != CanaryDecision.Continue)
            {
                return looks;
            }

            if (here.Requests >= request.Policy.RequestsPerStep)
            {
                await environment.RouteAsync(observed.Routes! with { Epoch = ++window }, request.Port, request.Seed, cancellationToken);
            }
        }
    }
}
