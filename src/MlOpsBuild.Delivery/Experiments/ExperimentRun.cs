using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>
/// Begins and ends A/B tests. A version on test has no lease and needs no build while the test lasts; no alias moves. Whoever may not
/// deploy the version may not test it on callers either.
/// </summary>
public sealed class ExperimentRun(MlOpsStore store, IEnvironment environment, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ExperimentStore _records = new(store);

    /// <summary>Stands before every version that callers get; null where anybody may.</summary>
    public PromotionGuard? Guard { get; init; }

    /// <summary>Begins a test.</summary>
    /// <exception cref="UsageException">There is nothing to compare with, or something else goes on.</exception>
    /// <exception cref="StageFailedException">The policy denies it, or it was overtaken.</exception>
    public async Task<ExperimentRecord> StartAsync(
        ExperimentRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (deployment, policy) = (request.Deployment, request.Policy);
        RequirePlace(deployment.Pipeline);
        store.Trust.RequireKey("Beginning an A/B test");
        using var held = await store.LockAsync(
            $"deploy-{deployment.Pipeline}-{environment.Name}", Patience, cancellationToken, progress);
        var changes = new TrafficChange(store, deployment.Pipeline, environment.Name, time);
        var (observed, champion) = await SettleAsync(deployment.Pipeline, changes, progress, cancellationToken);
        await RequireAsync(deployment, observed, champion, cancellationToken);
        var plan = await new ExperimentObserver(store, environment, time).PlanAsync(policy, cancellationToken);
        await EndLeftoverAsync(deployment, cancellationToken);
        var now = time.GetUtcNow();
        var record = new ExperimentRecord
        {
            Id = _records.NewId(now, deployment.Version.Number), Pipeline = deployment.Pipeline, Environment = environment.Name,
            Version = deployment.Version.Number, From = champion!.Number, Policy = policy, Plan = plan, Seed = request.Seed, Started = now,
            Actor = deployment.Actor, Origin = store.Origin,
        };
        await _records.SaveAsync(record, cancellationToken);
        try
        {
            await MoveAsync(record, deployment, observed, changes, cancellationToken);
        }
        catch (Exception problem)
        {
            await _records.SaveAsync(
                record.End(
                    ExperimentDecision.Interrupted, deployment.Actor, $"it did not begin: {problem.Message}", time.GetUtcNow(), null),
                CancellationToken.None);
            throw;
        }

        await AuditAsync(record, deployment.Actor, $"A/B test of {policy.Name} begins", CancellationToken.None);
        return record;
    }

    /// <summary>Ends the test that goes on.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="decision">What is decided.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="progress">Told what was left open by others.</param>
    /// <param name="cancellationToken">Stops before anything changes.</param>
    /// <exception cref="UsageException">None goes on.</exception>
    /// <exception cref="StageFailedException">Its result does not bear the decision.</exception>
    public async Task<ExperimentState> EndAsync(
        string pipeline, ExperimentDecision decision, string actor, string reason, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        store.Trust.RequireKey("Ending an A/B test");
        using var held = await store.LockAsync($"deploy-{pipeline}-{environment.Name}", Patience, cancellationToken, progress);
        var changes = new TrafficChange(store, pipeline, environment.Name, time);
        var (observed, _) = await SettleAsync(pipeline, changes, progress, cancellationToken);
        var record = await _records.NewestAsync(pipeline, environment.Name, cancellationToken) is { Decision: ExperimentDecision.Open } open
            ? open
            : throw new UsageException(new Finding(
                "MLB5135", "No A/B test goes on", $"{pipeline}/{environment.Name}", null, "a test that goes on",
                "./build.sh Experiment shows the last one; begin one with StartExperiment --model-version N"));
        var state = await LookAsync(record, decision, cancellationToken);
        if (decision == ExperimentDecision.Ship)
        {
            RequireResult(state);
        }

        // A gateway that is down would go on with the test once it is back.
        var isOurs = (observed.Routes ?? await environment.KeptRoutesAsync(cancellationToken))?.Experiment?.Id == record.Id;
        if (isOurs)
        {
            using var moving = await changes.LockAsync(cancellationToken);
            var change = changes.Decide(RouteChangeKind.Experiment, record.Version, record.From, actor, reason, record.Id);
            await environment.ChangeAsync(
                null, routes => routes.Experiment?.Id == record.Id ? routes.WithoutTrial(change) : routes, 0, record.Seed,
                CancellationToken.None);
        }

        record = record.End(isOurs ? decision : ExperimentDecision.Interrupted, actor, reason, time.GetUtcNow(), state.Look);
        await _records.SaveAsync(record, CancellationToken.None);
        await AuditAsync(record, actor, reason, CancellationToken.None);
        await StopAsync(record, CancellationToken.None);
        return state with { Record = record, InForce = false };
    }

    /// <summary>Requires that no test goes on.</summary>
    /// <exception cref="UsageException">One does.</exception>
    internal static void RequireNone(Observation observed, string pipeline, string environment)
    {
        if (observed.Routes?.Experiment is { } other)
        {
            throw new UsageException(new Finding(
                "MLB5138", "An A/B test goes on", $"{pipeline}/{environment}", other.Id, "one at a time",
                "end it first: ./build.sh EndExperiment keep --reason …"));
        }
    }

    // Elsewhere callers are split before they come to our gateway, and its log of units stays there.
    private void RequirePlace(string pipeline)
    {
        if (environment.Name is not (LocalEnvironment.Name or DockerEnvironment.Name))
        {
            throw new UsageException(new Finding(
                "MLB5143", "No A/B tests on this environment", $"{pipeline}/{environment.Name}", environment.Name, "local or docker",
                "test the version where the gateway of this machine serves"));
        }
    }

    // A log that cannot be read must not keep a version on callers.
    private async Task<ExperimentState> LookAsync(ExperimentRecord record, ExperimentDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            return await new ExperimentObserver(store, environment, time).OfAsync(record, cancellationToken);
        }
        catch (FindingsException problem) when (decision != ExperimentDecision.Ship)
        {
            return new(record, await _records.LastLookAsync(record, cancellationToken), true) { Notes = [problem.Message] };
        }
    }

    private static void RequireResult(ExperimentState state)
    {
        if (state is { InForce: true, Look.Verdict: ExperimentVerdict.Better or ExperimentVerdict.Same })
        {
            return;
        }

        var verdict = state.Look?.Verdict;
        throw new StageFailedException(
            "The result does not bear the decision",
            [new(
                "MLB5136", "The version on test is not shown to be better, or the same", state.Record.Id,
                verdict == null || !state.InForce ? "not in force" : $"{verdict}: {state.Look!.Reason}", "Better or Same",
                "wait until it can tell, or end it with --decision keep")],
            verdict switch
            {
                ExperimentVerdict.Worse => Verdict.Failed,
                ExperimentVerdict.Broken => Verdict.Error,
                _ => Verdict.Inconclusive,
            });
    }

    private async Task<(Observation Observed, ModelVersion? Champion)> SettleAsync(
        string pipeline, TrafficChange changes, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var held = await changes.LockAsync(cancellationToken);
        var observed = await environment.ObserveAsync(cancellationToken);
        observed = await new Settlement(store, pipeline, environment, time).SettleAsync(observed, progress, cancellationToken)
            ? await environment.ObserveAsync(cancellationToken)
            : observed;
        return (observed, await store.Versions(pipeline).ResolveAsync(EnvironmentAlias.Of(environment.Name), cancellationToken));
    }

    private async Task RequireAsync(
        DeploymentRequest request, Observation observed, ModelVersion? champion, CancellationToken cancellationToken)
    {
        var place = $"{request.Pipeline}/{environment.Name}";
        var version = string.Create(CultureInfo.InvariantCulture, $"v{request.Version.Number}");
        if (champion == null || observed.Serving?.Version != champion.Number || observed.Routes is not { } routes)
        {
            throw new UsageException(new Finding(
                "MLB5137", "Nothing serves that it could be tested against", place, observed.Describe(), "a version that serves",
                "deploy one first: ./build.sh Deploy"));
        }

        RequireNone(observed, request.Pipeline, environment.Name);
        if (champion.Number == request.Version.Number || routes.Canary != null || routes.Rehearsed)
        {
            throw new UsageException(new Finding(
                "MLB5139", "This version cannot be tested now", place,
                champion.Number == request.Version.Number ? $"{version} serves" : routes.Rehearsed ? "a rehearsal" : "a canary goes on",
                "another version than the one that serves, and nothing else on trial", "name another version, or wait"));
        }

        await new ServedKind(store).RequireSameAsync(request, champion, environment.Name, cancellationToken);
        await new DeploymentGate(store, environment, Guard).RequireAsync(request, champion, cancellationToken);
        if (await new Refusals(store, request.Pipeline, environment.Name).OfAsync(request.Version.Number, cancellationToken) is { } refused)
        {
            throw new StageFailedException(
                $"{version} was refused before",
                [new(
                    "MLB5141", "A version that was refused is not tested on callers", place, refused, "a version that nobody refused",
                    "train another candidate, or let this one out once more with Deploy --again")],
                Verdict.Failed);
        }
    }

    // One whose routes are gone ended when they did.
    private async Task EndLeftoverAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        if (await _records.NewestAsync(request.Pipeline, environment.Name, cancellationToken) is { Decision: ExperimentDecision.Open } left)
        {
            await _records.SaveAsync(
                left.End(
                    ExperimentDecision.Interrupted, request.Actor, "what served was stopped or replaced", time.GetUtcNow(),
                    await _records.LastLookAsync(left, cancellationToken)),
                cancellationToken);
        }
    }

    private async Task MoveAsync(
        ExperimentRecord record, DeploymentRequest request, Observation observed, TrafficChange changes,
        CancellationToken cancellationToken)
    {
        var model = await ServedModel.OfAsync(store, request.Version, cancellationToken);
        var warm = observed.Alive(record.Version);
        var server = warm ?? await environment.StartAsync(record.Version, model, null, cancellationToken);
        try
        {
            var rows = await (await Bundle.OpenAsync(store, request.Version.Bundle, cancellationToken))
                .PartAsync(BundlePart.Rows, cancellationToken);
            await new WarmUp(environment, rows, time).RunAsync(server, cancellationToken);
            using var moving = await changes.LockAsync(cancellationToken);
            var change = changes.Decide(
                RouteChangeKind.Experiment, record.From, record.Version, record.Actor, "an A/B test begins", record.Id);
            var route = new ExperimentRoute(
                record.Id, server.Upstream with { Views = model.Views }, record.Policy.Percent, record.Seed, record.Policy.UnitHeader);
            if (await environment.ChangeAsync(
                observed.Routes!.Generation,
                routes => routes with { Experiment = route, Log = routes.Log with { UnitHeader = route.UnitHeader }, Change = change },
                0, record.Seed, cancellationToken) == null)
            {
                throw new StageFailedException(
                    "Somebody else changed what serves",
                    [new(
                        "MLB5142", "Overtaken while an A/B test began", $"{record.Pipeline}/{record.Environment}", record.Id,
                        "nobody else at work", "look at ./build.sh Status and run again")],
                    Verdict.Inconclusive);
            }
        }
        catch (Exception)
        {
            await (warm == null ? environment.StopAsync(server, CancellationToken.None) : Task.CompletedTask);
            throw;
        }
    }

    private async Task StopAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        var routes = (await environment.ObserveAsync(cancellationToken)).Routes;
        foreach (var server in (await environment.ServersAsync(cancellationToken))
            .Where(server => server.Version == record.Version && !server.IsAmong(routes?.Upstreams ?? [])))
        {
            await environment.StopAsync(server, cancellationToken);
        }
    }

    private async Task AuditAsync(ExperimentRecord record, string actor, string reason, CancellationToken cancellationToken) =>
        await store.Audit.AppendAsync(
            actor, "experiment", $"{record.Pipeline}/{record.Environment}", reason,
            new(StringComparer.Ordinal)
            {
                ["experiment"] = record.Id, ["version"] = TrafficChange.Name(record.Version), ["from"] = TrafficChange.Name(record.From),
                ["state"] = record.Decision == ExperimentDecision.Open ? "begins" : record.Decision.ToString(),
                ["result"] = record.Result?.Verdict.ToString() ?? "",
            },
            cancellationToken);
}
