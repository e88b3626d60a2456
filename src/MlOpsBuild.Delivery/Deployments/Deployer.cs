using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Brings an environment to a version: nothing when it serves, back in place when it is dead, a trial when it is new.</summary>
public sealed class Deployer(MlOpsStore store, IEnvironment environment, RehearsalLauncher rehearsals, AdminClient admin, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Told each step when it is done.</summary>
    internal IProgress<TrafficStep>? Steps { get; init; }

    /// <summary>Told each look of the canary's judge; null when nobody wants to know.</summary>
    public IProgress<CanaryLook>? Looks { get; init; }

    /// <summary>Stands before every promotion; null where anybody may promote anything.</summary>
    public PromotionGuard? Guard { get; init; }

    private string Alias => EnvironmentAlias.Of(environment.Name);

    private DeploymentGate Gate => new(store, environment, Guard);

    private int Started => environment.Started + rehearsals.Started;

    /// <summary>Deploys; the record says what came of it and is stored.</summary>
    /// <exception cref="StageFailedException">Another deployment does not end, or the version was refused before.</exception>
    public async Task<DeploymentRecord> RunAsync(DeploymentRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var registry = store.Versions(request.Pipeline);
        if (store.Trust.LacksKey)
        {
            // Whoever is denied hears of the policy, not of a key that would not help them.
            await Gate.RequireAsync(request, await registry.ResolveAsync(Alias, cancellationToken), cancellationToken);
            store.Trust.RequireKey("Deploying");
        }

        using var held = await store.LockAsync($"deploy-{request.Pipeline}-{environment.Name}", Patience, cancellationToken, progress);
        var changes = new TrafficChange(store, request.Pipeline, environment.Name, time, Steps);
        foreach (var doubt in await registry.DoubtsAsync(cancellationToken))
        {
            progress.Report(doubt.ToString());
        }

        await new RehearsedRoutes(environment).RequireNoOthersAsync(request, cancellationToken);
        var observed = await SettleAsync(request, changes, progress, cancellationToken);
        var champion = await registry.ResolveAsync(Alias, cancellationToken);
        Check(request, champion, observed);
        if (champion != null && observed.Serving != null && request.Tries(champion))
        {
            await new ServedKind(store).RequireSameAsync(request, champion, environment.Name, cancellationToken);
        }

        var record = Begin(request, champion, observed);
        if (champion?.Number == request.Version.Number && request.Fault == null && observed.Serving?.Version == champion.Number)
        {
            return record with
            {
                Outcome = DeploymentOutcome.AlreadyServing, Reason = $"v{champion.Number} serves already", Ended = time.GetUtcNow()
            };
        }

        await Gate.RequireAsync(request, champion, cancellationToken);
        await RefuseAsync(request, champion, progress, cancellationToken);
        var deployments = new DeploymentStore(store);
        await deployments.SaveAsync(record, cancellationToken);
        Steps?.Report(TrafficStep.Begun);
        try
        {
            if (champion != null && observed.Serving?.Version != champion.Number)
            {
                observed = await RestoreAsync(champion, observed, request, changes, record, progress, cancellationToken);
                record = record with
                {
                    Outcome = DeploymentOutcome.Restarted,
                    Reason = $"v{champion.Number} was not serving; put back in place without a canary", Address = observed.Address
                };
            }

            if (request.Tries(champion))
            {
                record = await TryAsync(record, request, observed, champion, changes, progress, cancellationToken);
            }

            return record = record with
            {
                Ended = time.GetUtcNow(), ProcessesStarted = Started, Address = (await environment.ObserveAsync(cancellationToken)).Address
            };
        }
        finally
        {
            try
            {
                await EndAsync(
                    record with { Ended = time.GetUtcNow(), ProcessesStarted = Started }, deployments, CancellationToken.None);
            }
            finally
            {
                if (record.Rehearsed)
                {
                    using var ending = await changes.LockAsync(CancellationToken.None);
                    await new RehearsedRoutes(environment).EndAsync(CancellationToken.None);
                }
            }
        }
    }

    /// <summary>What <see cref="RunAsync"/> would do; changes nothing and starts nothing.</summary>
    /// <param name="request">The deployment.</param>
    /// <param name="tellsCanary">Whether the canary's course is simulated too, to say what it could see.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<DeploymentForecast> ForecastAsync(DeploymentRequest request, bool tellsCanary, CancellationToken cancellationToken)
    {
        var observed = await environment.ObserveAsync(cancellationToken);
        var champion = await store.Versions(request.Pipeline).ResolveAsync(Alias, cancellationToken);
        List<string> known = [observed.Describe()];
        known.AddRange(await new Settlement(store, request.Pipeline, environment, time).OpenAsync(observed, cancellationToken) is { } open
            ? [open]
            : []);
        if (champion?.Number == request.Version.Number)
        {
            var serves = observed.Serving?.Version == champion.Number;
            return Told(
                !serves,
                serves
                    ? $"v{champion.Number} serves already: nothing to do"
                    : $"v{champion.Number} would be put back in place without a canary");
        }

        if (!request.Again
            && await new Refusals(store, request.Pipeline, environment.Name).OfAsync(request.Version.Number, cancellationToken)
                is { } refused)
        {
            known.Add($"{refused}; it would be refused without --again");
        }

        known.AddRange((await Gate.DenialsAsync(request, champion, cancellationToken)).Select(denial => $"it would be denied: {denial}"));

        known.AddRange(observed.Routes?.Experiment is { } test ? [$"it would be refused: the A/B test {test.Id} goes on"] : []);
        if (champion == null)
        {
            return Told(true, $"v{request.Version.Number} would be tried by itself: nothing serves yet");
        }

        var steps = request.Shadow ? ", with mirrored requests only" : $" at {string.Join(", ", request.Policy.Steps)} %";
        var action = string.Create(
            CultureInfo.InvariantCulture, $"v{request.Version.Number} would be tried beside v{champion.Number}{steps}");
        if (!tellsCanary)
        {
            return Told(true, action);
        }

        var (reference, errors) = await ReferenceAsync(request, champion, cancellationToken);
        var plan = Trial.PlanOf(request, reference, errors);
        return Told(true, action, plan.Describe(), plan.Warning());

        DeploymentForecast Told(bool wouldRun, string action, params string?[] more) =>
            new(wouldRun, action, [.. known, action, .. more.OfType<string>()]);
    }

    private void Check(DeploymentRequest request, ModelVersion? champion, Observation observed)
    {
        if (request.Tries(champion))
        {
            ExperimentRun.RequireNone(observed, request.Pipeline, environment.Name);
        }

        if (request.Shadow && champion == null)
        {
            throw new UsageException(new Finding(
                "MLB5042", "Nothing serves that it could be compared with", $"{request.Pipeline}/{environment.Name}", "--shadow",
                "a version that serves already", "deploy it without --shadow"));
        }

        if (request.Port != 0 && observed.Gateway is { } gateway && gateway.Port != request.Port)
        {
            throw new UsageException(new Finding(
                "MLB5007", "The gateway serves on another port", "--port", request.Port.ToString(CultureInfo.InvariantCulture),
                gateway.Port.ToString(CultureInfo.InvariantCulture),
                "leave --port out, or end the environment with ./build.sh Stop first"));
        }
    }

    private DeploymentRecord Begin(DeploymentRequest request, ModelVersion? champion, Observation observed)
    {
        var started = time.GetUtcNow();
        return new()
        {
            Id = new DeploymentStore(store).NewId(started, request.Version.Number), Pipeline = request.Pipeline,
            Environment = environment.Name,
            Version = request.Version.Number, From = champion?.Number, Started = started, Fault = request.Fault, Address = observed.Address,
            Origin = store.Origin, Actor = request.Actor, Policy = request.Policy, Rehearsed = !request.MovesAliases,
        };
    }

    // What a person or a canary refused goes out again only when somebody says so; a rehearsal of a fault serves nobody for long.
    private async Task RefuseAsync(
        DeploymentRequest request, ModelVersion? champion, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (champion?.Number == request.Version.Number
            || await new Refusals(store, request.Pipeline, environment.Name).OfAsync(request.Version.Number, cancellationToken)
                is not { } refused)
        {
            return;
        }

        progress.Report(refused);
        if (request is { Again: false, Fault: null, Shadow: false })
        {
            throw new StageFailedException(
                $"v{request.Version.Number} was refused before",
                [new(
                    "MLB5008", "Refused", $"{request.Pipeline}/{environment.Name}", refused, "a version that nobody refused",
                    "train another candidate, or let this one out once more with --again")],
                Verdict.Failed);
        }
    }

    // First of all what another build left behind: an open intent, a trial without its build, servers that nobody routes to.
    private async Task<Observation> SettleAsync(
        DeploymentRequest request, TrafficChange changes, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var held = await changes.LockAsync(cancellationToken);
        await new RehearsedRoutes(environment).EndLeftoverAsync(progress, cancellationToken);
        var observed = await environment.ObserveAsync(cancellationToken);
        if (await new Settlement(store, request.Pipeline, environment, time).SettleAsync(observed, progress, cancellationToken))
        {
            observed = await environment.ObserveAsync(cancellationToken);
        }

        if (observed.Routes is { Canary: { } canary })
        {
            progress.Report($"a canary of v{canary.Version} was left over from a build that ended; it gets no more requests");
            var change = changes.Decide(
                RouteChangeKind.LeaseEnded, canary.Version, observed.Routes.Baseline?.Version, request.Actor, "its build has ended", null);
            await new RollbackMove(environment).WithdrawAsync(change, cancellationToken);
            observed = await environment.ObserveAsync(cancellationToken);
        }

        var idle = observed.Servers
            .Where(server => !server.Instance.IsAmong(observed.Routes?.Upstreams ?? []) && (observed.Routes != null || !server.Alive))
            .ToList();
        foreach (var server in idle)
        {
            await environment.StopAsync(server.Instance, cancellationToken);
        }

        return observed with { Servers = [.. observed.Servers.Except(idle)] };
    }

    private async Task<Observation> RestoreAsync(
        ModelVersion champion, Observation observed, DeploymentRequest request, TrafficChange changes, DeploymentRecord record,
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"v{champion.Number} should serve and does not: put back in place, without a canary");
        var model = await ServedModel.OfAsync(store, champion, cancellationToken);
        using var held = await changes.LockAsync(cancellationToken);
        var change = changes.Decide(
            RouteChangeKind.Restore, null, champion.Number, request.Actor, "it should serve and did not", record.Id);
        if (request.MovesAliases)
        {
            await ServedHere.AddAsync(store, environment.Name, champion.Bundle, cancellationToken);
        }

        var stands = (await store.Versions(request.Pipeline).ResolveAsync(Alias, cancellationToken))?.Number == champion.Number;
        return stands && await new RollbackMove(environment).ToAsync(
            champion.Number, model, change, observed, request.Port, request.Seed, cancellationToken, observed.Routes?.Generation,
            !request.MovesAliases) != null
            ? await environment.ObserveAsync(cancellationToken)
            : throw new StageFailedException(
                "Somebody else changed what serves",
                [new(
                    "MLB5009", "Overtaken", $"{request.Pipeline}/{environment.Name}", $"v{champion.Number}", "nobody else at work",
                    "look at ./build.sh Status and run again")],
                Verdict.Inconclusive);
    }

    private async Task<(CanaryReference Reference, IReadOnlyList<double> Errors)> ReferenceAsync(
        DeploymentRequest request, ModelVersion champion, CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(store, champion.Bundle, cancellationToken);
        var rows = await bundle.PartAsync(BundlePart.Rows, cancellationToken);
        var classes = (await new ServedKind(store).OfAsync(champion, cancellationToken)).Classes;
        return CanaryReference.Of(request.Loss, classes, [.. File.ReadLines(rows.Path).Select(LabelledRow.Parse)]);
    }

    private async Task<DeploymentRecord> TryAsync(
        DeploymentRecord record, DeploymentRequest request, Observation observed, ModelVersion? champion, TrafficChange changes,
        IProgress<string> progress, CancellationToken cancellationToken)
    {
        CanaryReference? reference = null;
        if (champion != null)
        {
            (reference, var errors) = await ReferenceAsync(request, champion, cancellationToken);
            record = record with { Reference = reference, Plan = Trial.PlanOf(request, reference, errors) };
            progress.Report(record.Plan.Describe());
            progress.Report(record.Plan.Warning() ?? "the budget is enough");
        }

        var change = changes.Decide(
            RouteChangeKind.Trial, champion?.Number, request.Version.Number, request.Actor, "a version on trial", record.Id);
        var (trial, promoted) = ((TrialResult?)null, false);
        try
        {
            trial = await new Trial(store, environment, rehearsals, admin, time, Steps, Looks)
                .RunAsync(request, change, observed, reference, progress, cancellationToken);
            record = record with { Looks = trial.Course.Looks, Rehearsal = trial.Rehearsal, Reason = trial.Course.Reason };

            // A canary takes its time: an approval may have run out, or a freeze begun, since it was asked for.
            var mayTakeOver = trial.Course.Decision == CanaryDecision.Promote && request.TakesOver;
            var denials = mayTakeOver ? await Gate.AskOnceMoreAsync(request, cancellationToken) : [];
            promoted = mayTakeOver && denials.Count == 0
                && await new Promotion(changes, environment).RunAsync(request, trial, champion, record.Id, CancellationToken.None);
            if (promoted)
            {
                return record with
                {
                    Outcome = Outcome(trial.Course, request, champion, promoted), Reason = Reason(trial.Course, request, promoted)
                };
            }

            if (denials.Count > 0)
            {
                await new RollbackMove(environment).WithdrawAsync(
                    changes.Decide(
                        RouteChangeKind.Withdraw, request.Version.Number, champion?.Number, request.Actor, "the policy denies it",
                        record.Id),
                    CancellationToken.None);
                return record with
                {
                    Outcome = DeploymentOutcome.Denied,
                    Reason = $"{trial.Course.Reason}; but the policy denies it now: {string.Join("; ", denials)}"
                };
            }

            // Whoever refuses a version wants to know what became of it: its log goes with its server.
            var left = await environment.ObserveAsync(cancellationToken);
            var ended = left.Servers.FirstOrDefault(other => other.Instance.Id == trial.Server.Id)?.Problem;
            record = record with { Log = await environment.LogAsync(trial.Server, cancellationToken) };
            var withdrawn = trial.Course.Decision == CanaryDecision.Overtaken ? left.Routes?.Change : null;
            return withdrawn is { Kind: RouteChangeKind.Withdraw } && withdrawn.From == request.Version.Number
                ? record with { Outcome = DeploymentOutcome.Withdrawn, Reason = $"withdrawn by {withdrawn.Actor}: {withdrawn.Reason}" }
                : record with
                {
                    Outcome = Outcome(trial.Course, request, champion, promoted),
                    Reason = Reason(trial.Course, request, promoted) + (ended == null ? "" : $"; {ended}")
                };
        }
        finally
        {
            if (!promoted)
            {
                await (champion == null ? environment.StopAllAsync(CancellationToken.None)
                    : trial == null ? Task.CompletedTask
                    : environment.StopAsync(trial.Server, CancellationToken.None));
            }
        }
    }

    private static DeploymentOutcome Outcome(CanaryCourse course, DeploymentRequest request, ModelVersion? champion, bool promoted) =>
        course.Decision switch
        {
            CanaryDecision.Promote when promoted => champion == null ? DeploymentOutcome.FirstServed : DeploymentOutcome.Promoted,
            CanaryDecision.Promote when request is { Shadow: true, Fault: null } => DeploymentOutcome.Shadowed,
            CanaryDecision.Rollback => DeploymentOutcome.RolledBack,
            _ => DeploymentOutcome.Inconclusive,
        };

    private static string Reason(CanaryCourse course, DeploymentRequest request, bool promoted) =>
        course.Decision != CanaryDecision.Promote || promoted || request.Shadow ? course.Reason
            : request.Fault != null ? $"the rehearsed fault was not noticed ({course.Reason}); a version made bad on purpose never serves"
            : $"{course.Reason}; but somebody else changed the routes before it took over";

    private async Task EndAsync(DeploymentRecord record, DeploymentStore deployments, CancellationToken cancellationToken)
    {
        await deployments.SaveAsync(record, cancellationToken);
        if (!record.PutInPlace || record.Rehearsed)
        {
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["deployment"] = record.Id, ["version"] = $"v{record.Version}", ["outcome"] = record.Outcome.ToString()
            };
            await store.Audit.AppendAsync(
                record.Actor!, "deploy", $"{record.Pipeline}/{record.Environment}", record.Reason, details, cancellationToken);
        }
    }
}
