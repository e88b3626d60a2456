using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version → canary → champion; and the way back.</summary>
internal static class DeliveryFlow
{
    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(5);

    public static async Task DeployAsync(
        RunSession session, PipelineRun run, DeployChoices choices, string? serverFolder, CancellationToken cancellationToken)
    {
        var version = choices.Version is { } wanted
            ? await FindAsync(session, run.Specification.Name, wanted, cancellationToken)
            : run.Results.Take<PackagedModel>().Version;
        var acts = !choices.DryRun && !session.IsForecast;
        if (!session.IsForecast)
        {
            await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        }

        var environment = session.NamedEnvironment ?? LocalEnvironment.Name;
        if (choices.Unit && environment != LocalEnvironment.Name)
        {
            throw new UsageException(new Finding(
                "MLB7032", "No unit for this environment", "--unit", environment, LocalEnvironment.Name,
                "leave it out: the container engine starts what serves again after a reboot"));
        }

        if (choices.DryRun && environment == KubernetesEnvironment.Name
            && !await ShowsManifestsAsync(session, run.Specification.Name, version, cancellationToken))
        {
            return;
        }

        if (choices.Unit && acts)
        {
            await RuntimeFolder.KeepAsync(session.Root, session.Environment, cancellationToken);
        }

        using var delivery = await DeliveryParts.OpenAsync(session, run.Specification.Name, environment, serverFolder, cancellationToken);
        using var live = new LiveCanaryFile(
            session.Store, run.Specification.Name, environment, version.Number, run.Specification.Canary);
        var deployer = new Deployer(session.Store, delivery.Environment, delivery.Rehearsals, delivery.Admin, session.Time)
        {
            Looks = live,
            Guard = GovernanceFlow.Guard(session, run.Specification.Name, environment),
        };
        var request = new DeploymentRequest(
            run.Specification.Name, version, run.Specification.Canary, run.Specification.Loss, run.Specification.Seed, session.Actor)
        {
            Port = choices.Port ?? 0, Fault = choices.Fault == null ? null : FaultOptions.Parse(choices.Fault),
            Rating = run.Specification.Answers?.Rating, Log = run.Specification.Monitoring.Log,
            MovesAliases = choices.KeepsServing, Again = choices.Again, Shadow = choices.Shadow,
        };
        if (session.IsForecast)
        {
            var told = await deployer.ForecastAsync(request, tellsCanary: false, cancellationToken);
            session.Forecast(new("deploy", told.WouldRun, told.Action));
            return;
        }

        if (choices.DryRun)
        {
            (await deployer.ForecastAsync(request, tellsCanary: true, cancellationToken)).Lines.ToList().ForEach(session.Output.Line);
            session.Output.Line("a dry run: nothing was changed");
            return;
        }

        Announce(session, environment, request, version);
        if (ServingPlaces.ServesImages(environment))
        {
            await TestContainerAsync(session, run, version, environment, serverFolder, cancellationToken);
        }

        await MaterializeFlow.BringUpToDateAsync(session, run, environment, cancellationToken);
        DeployedModel deployed;
        try
        {
            deployed = run.Results.Keep(new DeployedModel(
                await deployer.RunAsync(request, new OutputProgress(session.Output), cancellationToken), choices.KeepsServing));
        }
        finally
        {
            await run.RecordAsync(
                record => record with { ProcessesStarted = record.ProcessesStarted + delivery.Started }, CancellationToken.None);
        }

        await run.RecordAsync(record => record with { Deployment = deployed.Deployment.Id, Version = version.Number }, cancellationToken);
        Conclude(session, deployed, run.Record, await delivery.Environment.ObserveAsync(cancellationToken));
        await TellHowToAskAsync(session, deployed, version, run.Specification.Contract, delivery.Folder, cancellationToken);
        if (choices.Unit && delivery.Folder.Gateway() is { } gateway)
        {
            var unit = await SystemdUnit.WriteAsync(
                run.Specification.Name, delivery.Folder, gateway, session.Environment, cancellationToken);
            session.Output.Line($"after a reboot: systemctl --user enable {Path.GetFileName(unit)} && loginctl enable-linger ({unit})");
        }
    }

    // Before any caller meets it: what passed as a process is another thing in its image.
    private static async Task TestContainerAsync(
        RunSession session, PipelineRun run, ModelVersion version, string environment, string? serverFolder,
        CancellationToken cancellationToken)
    {
        var pipeline = run.Specification.Name;
        var image = await VersionImage.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var input = new ContractTestInput(
            pipeline, version.Bundle, await ServedModel.OfAsync(session.Store, version, cancellationToken),
            await bundle.PartAsync(BundlePart.Rows, cancellationToken), image.Manifest, run.Specification.Canary.SlowAfter)
        {
            Version = version.Number, Budget = run.Specification.Budget,
        };
        using var held = await session.Store.LockAsync(
            $"contract-test-{pipeline}-{environment}", TestPatience, cancellationToken, new OutputProgress(session.Output));
        using var delivery = await DeliveryParts.ForTestAsync(session, pipeline, environment, serverFolder, cancellationToken);
        try
        {
            var tested = await ContractChecks.RunAsync(session, run, delivery, input, "container: ", cancellationToken);
            session.Output.Line($"contract test of the container: {ContractChecks.Line(tested)}");
        }
        finally
        {
            await delivery.Environment.StopAllAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// Rolls every pipeline back that serves something, or the one that is named; what serves is asked of the team only
    /// when this machine does not know.
    /// </summary>
    public static async Task RollBackAsync(
        RunSession session, string? only, string owner, string reason, string? serverFolder, CancellationToken cancellationToken)
    {
        var environment = ServingPlaces.ForAction(session, only);
        var (pipelines, knowsChampion) = await ServingAsync(session, environment, only, cancellationToken);
        if (!knowsChampion)
        {
            await session.PullAsync(cancellationToken);
            (pipelines, _) = await ServingAsync(session, environment, only, cancellationToken);
        }

        if (pipelines.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7033", "There is no version to go back to", $"{only ?? "this repository"}/{environment}", "nothing was ever deployed",
                "a deployed version", "deploy one with ./build.sh Train Deploy"));
        }

        await GovernanceFlow.RequireRollbackAsync(session, "rollback", pipelines, environment, cancellationToken);

        // One that has no way back must not keep the others from theirs.
        var failures = new List<FindingsException>();
        foreach (var pipeline in pipelines)
        {
            try
            {
                await RollBackOneAsync(session, pipeline, environment, reason, serverFolder, cancellationToken);
            }
            catch (FindingsException failure) when (pipelines.Count > 1)
            {
                session.Output.Warn($"{pipeline}: {failure.Message}");
                failures.Add(failure);
            }
        }

        session.Output.Line($"owner of rollbacks: {owner}");
        if (failures.Count > 0)
        {
            throw new UsageException("Not every pipeline was rolled back", [.. failures.SelectMany(failure => failure.Findings)]);
        }
    }

    // A first version has no champion yet while it is tried, and a new checkout knows of none: then its
    // environment is known to serve something.
    private static async Task<(IReadOnlyList<string> Pipelines, bool KnowsChampion)> ServingAsync(
        RunSession session, string environment, string? only, CancellationToken cancellationToken)
    {
        var (found, knows, started) = (new List<string>(), false, ServingPlaces.Of(session));
        foreach (var pipeline in ServingPlaces.Pipelines(session).Where(name => only == null || name == only))
        {
            var champion = await session.Store.Versions(pipeline).ResolveAsync(EnvironmentAlias.Of(environment), cancellationToken);
            knows |= champion != null;
            found.AddRange(champion != null || started.Contains(new ServingPlace(pipeline, environment)) ? [pipeline] : []);
        }

        return (found, knows);
    }

    private static async Task RollBackOneAsync(
        RunSession session, string pipeline, string environment, string reason, string? serverFolder, CancellationToken cancellationToken)
    {
        using var delivery = await DeliveryParts.OpenAsync(session, pipeline, environment, serverFolder, cancellationToken);
        var rollback = new Rollback(session.Store, delivery.Environment, session.Time);
        var result = await rollback.RunAsync(
            pipeline, session.Actor, reason, session.Started, new OutputProgress(session.Output), cancellationToken);
        session.Output.Good(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline}: {(result.To is { } to ? $"v{to} serves again" : "nothing serves")} instead of v{result.From}, {result.Took.TotalMilliseconds:0} ms after the command began ({(result.Warm ? "it was still warm" : "it was started again")})"));
        session.Output.Line($"reason: {reason}");
        await HostDeployments.TellAsync(session, pipeline, environment, result, reason, cancellationToken);
        if (result.Note != null)
        {
            session.Output.Warn(result.Note);
        }
    }

    /// <summary>A registered version.</summary>
    /// <exception cref="UsageException">There is none of this number.</exception>
    public static async Task<ModelVersion> FindAsync(RunSession session, string pipeline, int number, CancellationToken cancellationToken)
    {
        var versions = await session.Store.Versions(pipeline).AllAsync(cancellationToken);
        return versions.FirstOrDefault(version => version.Number == number) ?? throw new UsageException(new Finding(
            "MLB7034", "No such version", "--model-version", number.ToString(CultureInfo.InvariantCulture),
            versions.Count == 0 ? "there is none yet" : $"1 to {versions[^1].Number}",
            "run ./build.sh Package first, or name an existing version"));
    }

    // Whether the cluster answers: what is printed needs none, what would become of it does.
    private static async Task<bool> ShowsManifestsAsync(
        RunSession session, string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var manifests = await ManifestFlow.KubernetesAsync(session, pipeline, version, withSecrets: true, cancellationToken);
        manifests.TrimEnd().Split('\n').ToList().ForEach(session.Output.Line);
        try
        {
            using var delivery = DeliveryParts.Look(session, pipeline, KubernetesEnvironment.Name);
            await delivery.Environment.ServersAsync(cancellationToken);
            return true;
        }
        catch (FindingsException unasked)
        {
            session.Output.Warn($"what the cluster would make of it is not known: {unasked.Message}");
            session.Output.Line("a dry run: nothing was changed");
            return false;
        }
    }

    private static void Announce(RunSession session, string environment, DeploymentRequest request, ModelVersion version)
    {
        if (!request.MovesAliases)
        {
            session.Output.Warn(
                $"The environment '{environment}' is a REHEARSAL here: it ends with this build and the champion stays as it is. On a runner of your own --keep-serving makes it real.");
        }

        OtlpSettings.TryOf("metrics", name => session.Environment.GetValueOrDefault(name), session.Output.Warn);
        if (request.Fault is { } fault)
        {
            session.Output.Warn($"REHEARSAL of a fault: v{version.Number} is made bad on purpose ({fault.Describe()}).");
        }

        if (version.Simulated)
        {
            session.Output.Warn($"v{version.Number} was trained on SIMULATED data.");
        }
    }

    private static async Task TellHowToAskAsync(
        RunSession session, DeployedModel deployed, ModelVersion version, DataContract contract, EnvironmentFolder folder,
        CancellationToken cancellationToken)
    {
        if (deployed is { KeepsServing: true, Deployment.Address: { } address }
            && await ExampleAsync(session, version, contract, cancellationToken) is { } example)
        {
            session.Output.Line($"try: curl -s {address}predict -d '{example}'");
            session.Output.Line($"labels: POST {address}feedback with the token in {folder.FeedbackTokenFile}");
        }
    }

    // Null where the example would show personal data.
    private static async Task<string?> ExampleAsync(
        RunSession session, ModelVersion version, DataContract contract, CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var rows = await bundle.PartAsync(BundlePart.Rows, cancellationToken);
        var features = LabelledRow.Parse(File.ReadLines(rows.Path).First()).Features;
        return features.Any(feature => contract.Columns.Any(column => column.Name == feature.Key && column.PersonalData))
            ? null
            : features.ToJsonString();
    }

    // What serves now is what was observed, whatever the deployment meant to do.
    private static void Conclude(
        RunSession session, DeployedModel deployed, Store.Runs.RunRecord record, Observation observed)
    {
        var (deployment, keeps) = deployed;
        session.Note(deployment.Outcome.ToString());
        if (deployment.Rehearsal is { } rehearsal)
        {
            session.Output.Line(string.Create(
                CultureInfo.InvariantCulture, $"rehearsal traffic: {rehearsal.Sent:N0} requests sent, {rehearsal.Answered:N0} answered"));
        }

        if (DeploymentVerdict.Of(deployment.Outcome) is var verdict && verdict != Verdict.Passed)
        {
            throw Refused(deployment, verdict, keeps ? observed.Describe() : "nothing serves after a rehearsal");
        }

        if (deployment.Outcome != DeploymentOutcome.AlreadyServing)
        {
            session.Output.Line(deployment.Reason);
        }

        if (!keeps || deployment.Outcome == DeploymentOutcome.Shadowed)
        {
            session.Output.Good(
                $"rehearsal of v{deployment.Version}: {deployment.Outcome}; it has ended and {(keeps ? observed.Describe() : "nothing serves")}");
            return;
        }

        var serving = $"{deployment.Pipeline} serves predictions at {observed.Address}";
        session.Output.Good(observed.Serving?.Version != deployment.Version
            ? $"v{deployment.Version}: {deployment.Outcome}; now {observed.Describe()}"
            : deployment.Outcome != DeploymentOutcome.AlreadyServing ? $"{serving} (v{deployment.Version}, {deployment.Outcome})"
            : record.StagesExecuted == 0 ? $"Nothing to do: 0 stages executed, 0 processes started. {serving} (v{deployment.Version})"
            : $"{serving} (v{deployment.Version}, already)");
    }

    private static StageFailedException Refused(DeploymentRecord deployment, Verdict verdict, string state) => new(
        $"v{deployment.Version} was not deployed",
        [new(
            "MLB7035", $"v{deployment.Version} {deployment.Outcome}, {state}", $"{deployment.Pipeline}/{deployment.Environment}",
            deployment.Reason, "a version that is no worse",
            $"look at .mlops/deployments/{deployment.Id[..8]}/{deployment.Id}.json, then train another candidate")],
        verdict);
}
