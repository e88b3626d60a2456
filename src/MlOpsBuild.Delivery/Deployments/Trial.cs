using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Tries a version on callers' requests and on a rehearsal's: beside the champion, or by itself where nothing serves yet. Its share is a
/// lease; when it ends without a promotion, callers have what they had before.
/// </summary>
internal sealed class Trial(
    MlOpsStore store, IEnvironment environment, RehearsalLauncher rehearsals, AdminClient admin, TimeProvider time,
    IProgress<TrafficStep>? steps, IProgress<CanaryLook>? looks)
{
    private const double AllPercent = 100;

    /// <summary>What a canary of <paramref name="request"/> can see beside a champion with these errors.</summary>
    public static CanaryPlan PlanOf(DeploymentRequest request, CanaryReference reference, IReadOnlyList<double> errors) =>
        new CanaryForecast(request.Policy, reference, errors, request.Seed).Plan(request.Policy.RehearsalRate);

    /// <summary>Runs it; <paramref name="reference"/> is what the champion usually does, null without one.</summary>
    public async Task<TrialResult> RunAsync(
        DeploymentRequest request, RouteChange change, Observation observed, CanaryReference? reference, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var model = await ServedModel.OfAsync(store, request.Version, cancellationToken);
        var rows = await (await Bundle.OpenAsync(store, request.Version.Bundle, cancellationToken))
            .PartAsync(BundlePart.Rows, cancellationToken);
        var before = observed.Routes?.Generation;
        var server = await environment.StartAsync(request.Version.Number, model, request.Fault, cancellationToken);
        steps?.Report(TrafficStep.ServerStarted);
        try
        {
            var warmUp = new WarmUp(environment, rows, time);
            await warmUp.RunAsync(server, cancellationToken);
            var times = observed.Serving is { } serving ? await warmUp.RunAsync(serving, cancellationToken) : [];
            reference = (reference ?? new(request.Loss, 1, 1)) is var known && times.Count > 0 ? known.WithAnswerTimes(times) : known;

            // The same change, said once: it starts the gateway where none runs, and holds off whoever read the routes before.
            var start = await environment.ChangeAsync(
                before, routes => routes with { Change = change, Rehearsed = !request.MovesAliases },
                request.Port, request.Seed, cancellationToken);
            var gateway = (await environment.ObserveAsync(cancellationToken)).Gateway;
            if (start == null || gateway == null)
            {
                return new(
                    new(CanaryDecision.Overtaken, "somebody else changed the routes while the server started", []), server,
                    start ?? RouteTable.Empty, model, null);
            }

            var alone = start.Baseline == null;
            var traffic = new GatewayTraffic(environment, admin, gateway, start, Routes(request, start, server, model, change));
            IReadOnlyList<double> steps = alone ? [AllPercent] : request.Shadow ? [0] : [.. request.Policy.Steps];
            progress.Report(alone
                ? string.Create(CultureInfo.InvariantCulture, $"no champion: v{server.Version} takes rehearsal traffic ({request.Policy.RehearsalRate}/s) and must keep bad events under {request.Policy.ToleratedRate:0.##%}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(request.Shadow ? "shadow" : "canary")}: v{server.Version} beside v{start.Baseline!.Version}, rehearsal traffic {request.Policy.RehearsalRate}/s, false alarm {request.Policy.FalseAlarm}"));
            using var rehearsal = await RehearsalTraffic.StartAsync(
                rehearsals, gateway.Port, rows, model.Contract.Classes, request.Rating, request.Policy.RehearsalRate,
                request.Seed, cancellationToken);
            var course = await new CanaryController(request.Policy, reference, steps, alone, traffic, time)
                .RunAsync(Tell, cancellationToken);
            if (course.Decision == CanaryDecision.Promote && !request.TakesOver)
            {
                await traffic.EndAsync(cancellationToken);
            }

            return new(course, server, traffic.Mine, model, await rehearsal.StopAsync(cancellationToken));
        }
        catch (Exception)
        {
            await environment.StopAsync(server, CancellationToken.None);
            throw;
        }

        void Tell(CanaryLook look)
        {
            steps?.Report(TrafficStep.OnTrial);
            looks?.Report(look);
            progress.Report(look.Describe());
        }
    }

    // The gateway mirrors all of a rehearsal; the policy's share is for callers.
    private static RouteTable Routes(
        DeploymentRequest request, RouteTable start, ServerInstance server, ServedModel model, RouteChange change) => start with
    {
        Canary = server.Upstream with { Views = model.Views },
        MirrorPercent = start.Baseline == null ? 0 : request.Shadow ? AllPercent : request.Policy.MirrorPercent,
        LeaseSeconds = CanaryController.Lease.TotalSeconds,
        Sticky = request.Policy.StickyHeader == null && request.Policy.StickyCookie == null
            ? null
            : new(request.Policy.StickyHeader, request.Policy.StickyCookie),
        Contract = start.Contract ?? model.Contract,
        Log = request.Log,
        Change = change,
    };
}
