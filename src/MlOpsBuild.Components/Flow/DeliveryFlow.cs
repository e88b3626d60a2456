using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version → canary → champion; and the way back.</summary>
internal static class DeliveryFlow
{
    public static async Task DeployAsync(
        RunSession session, PipelineRun run, int? number, int? port, string? fault, bool keeps, string? serverFolder, CancellationToken cancellationToken)
    {
        var version = number is { } wanted ? await FindAsync(session, run.Specification.Name, wanted, cancellationToken) : run.Version;
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var rehearsed = fault == null ? null : FaultOptions.Parse(fault);
        using var delivery = await LocalDelivery.OpenAsync(session, run.Specification.Name, serverFolder, cancellationToken);
        Announce(session, rehearsed, version, keeps);
        var deployer = new Deployer(session.Store, delivery.Environment, delivery.File, delivery.Launcher, delivery.Admin, session.Time);
        var program = session.Store.Team == null || !keeps ? null : await session.Store.Programs.KeepAsync(session.ProgramFolder, cancellationToken);
        var request = new DeploymentRequest(
            run.Specification.Name, version, run.Specification.Canary, run.Specification.Seed, port ?? 0, rehearsed, MovesAliases: keeps, session.Actor, program);
        try
        {
            run.Deployment = await deployer.RunAsync(request, new OutputProgress(session.Output), cancellationToken);
        }
        finally
        {
            await run.RecordAsync(record => record with { ProcessesStarted = record.ProcessesStarted + delivery.Launcher.Started }, CancellationToken.None);
            if (!keeps)
            {
                await delivery.Environment.StopAllAsync(CancellationToken.None);
            }
        }

        run.KeepsServing = keeps;
        await run.RecordAsync(record => record with { Deployment = run.Deployment.Id, Version = version.Number }, cancellationToken);
        Conclude(session, keeps, run.Deployment, run.Record, await ExampleAsync(session, version, run.Specification.Contract, cancellationToken));
    }

    /// <summary>Rolls every pipeline back that serves something, or the one that is named; what serves is asked of the team only when this machine does not know.</summary>
    public static async Task RollBackAsync(RunSession session, string? only, string owner, string reason, string? serverFolder, CancellationToken cancellationToken)
    {
        if (!await KnowsChampionAsync(session, only, cancellationToken))
        {
            await session.PullAsync(cancellationToken);
        }

        var pipelines = InspectionFlow.Pipelines(session).Where(name => only == null || name == only).ToList();
        if (pipelines.Count == 0)
        {
            throw new UsageException(new Finding("There is no version to go back to", only ?? "this repository", "nothing was ever deployed", "a deployed version", "deploy one with ./build.sh Train Deploy"));
        }

        if (await HandOverAsync(session, pipelines, cancellationToken))
        {
            return;
        }

        foreach (var pipeline in pipelines)
        {
            await RollBackAsync(session, pipeline, reason, serverFolder, cancellationToken);
        }

        session.Output.Line($"owner of rollbacks: {owner}");
    }

    private static async Task<bool> KnowsChampionAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        foreach (var pipeline in InspectionFlow.Pipelines(session).Where(name => only == null || name == only))
        {
            if (await session.Store.Versions(pipeline).ResolveAsync(Deployer.Champion, cancellationToken) != null)
            {
                return true;
            }
        }

        return false;
    }

    // What another machine deployed is rolled back by the program that deployed it.
    private static async Task<bool> HandOverAsync(RunSession session, IReadOnlyList<string> pipelines, CancellationToken cancellationToken)
    {
        var deploying = new DeployingProgram(session.Store, session.ProgramFolder, session.Environment);
        foreach (var pipeline in pipelines)
        {
            if (await FindAsync(session, deploying, pipeline, cancellationToken) is { } assembly)
            {
                session.Output.Line($"{pipeline} was deployed by another program; it acts now: {Path.GetRelativePath(session.Root, assembly)}");
                var code = await deploying.RunAsync(assembly, session.Arguments, session.Root, new LineProgress(session.Output), cancellationToken);
                return code == 0 ? true : throw new StageFailedException(new Finding("The program that deployed could not roll back", pipeline, $"exit code {code}", "0", "its lines above say why"));
            }
        }

        return false;
    }

    private static async Task<string?> FindAsync(RunSession session, DeployingProgram deploying, string pipeline, CancellationToken cancellationToken)
    {
        try
        {
            return await deploying.FindAsync(pipeline, cancellationToken);
        }
        catch (StageFailedException problem)
        {
            session.Output.Warn($"{problem.Message}; acting with this program");
            return null;
        }
    }

    private static async Task RollBackAsync(RunSession session, string pipeline, string reason, string? serverFolder, CancellationToken cancellationToken)
    {
        using var delivery = await LocalDelivery.OpenAsync(session, pipeline, serverFolder, cancellationToken);
        var rollback = new Rollback(session.Store, delivery.Environment, session.Time);
        var result = await rollback.RunAsync(pipeline, session.Actor, reason, session.Started, cancellationToken);
        session.Output.Good(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline}: v{result.To} serves again instead of v{result.From}, {result.Took.TotalMilliseconds:0} ms after the command began ({(result.Warm ? "it was still warm" : "it was started again")})"));
        session.Output.Line($"reason: {reason}");
        await HostDeployments.TellAsync(session, pipeline, result, reason, cancellationToken);
        if (result.Note != null)
        {
            session.Output.Warn(result.Note);
        }
    }

    private static async Task<ModelVersion> FindAsync(RunSession session, string pipeline, int number, CancellationToken cancellationToken)
    {
        var versions = await session.Store.Versions(pipeline).AllAsync(cancellationToken);
        return versions.FirstOrDefault(version => version.Number == number) ?? throw new UsageException(new Finding(
            "No such version", "--model-version", number.ToString(CultureInfo.InvariantCulture),
            versions.Count == 0 ? "there is none yet" : $"1 to {versions[^1].Number}", "run ./build.sh Package first, or name an existing version"));
    }

    private static void Announce(RunSession session, FaultOptions? fault, ModelVersion version, bool keeps)
    {
        if (!keeps)
        {
            session.Output.Warn("The environment 'local' is a REHEARSAL here: it ends with this build and the champion stays as it is. On a runner of your own --keep-serving makes it real.");
        }

        if (fault != null)
        {
            session.Output.Warn($"REHEARSAL of a fault: v{version.Number} is made bad on purpose ({fault.Describe()}).");
        }

        if (version.Simulated)
        {
            session.Output.Warn($"v{version.Number} was trained on SIMULATED data.");
        }
    }

    // Null where the example would show personal data.
    private static async Task<string?> ExampleAsync(RunSession session, ModelVersion version, DataContract contract, CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var rows = await bundle.PartAsync(BundlePart.Rows, cancellationToken);
        var features = LabelledRow.Parse(File.ReadLines(rows.Path).First()).Features;
        return features.Any(feature => contract.Columns.Any(column => column.Name == feature.Key && column.PersonalData)) ? null : features.ToJsonString();
    }

    private static void Conclude(RunSession session, bool keeps, DeploymentRecord deployment, Store.Runs.RunRecord record, string? example)
    {
        session.Note(deployment.Outcome.ToString());
        if (deployment.Rehearsal is { } rehearsal)
        {
            session.Output.Line(string.Create(CultureInfo.InvariantCulture, $"rehearsal traffic: {rehearsal.Sent:N0} requests sent, {rehearsal.Answered:N0} answered"));
        }

        if (!keeps && deployment.Outcome is (DeploymentOutcome.FirstServed or DeploymentOutcome.Promoted or DeploymentOutcome.Restarted))
        {
            session.Output.Line(deployment.Reason);
            session.Output.Good($"rehearsal of v{deployment.Version}: {deployment.Outcome}; it has ended and nothing serves");
            return;
        }

        var serving = $"{deployment.Pipeline} serves predictions at {deployment.Address}";
        switch (deployment.Outcome)
        {
            case DeploymentOutcome.RolledBack:
                throw Refused(deployment, Verdict.Failed, deployment.From == null ? "nothing serves" : $"v{deployment.From} keeps serving at {deployment.Address}");
            case DeploymentOutcome.Inconclusive or DeploymentOutcome.Stopped:
                throw Refused(deployment, Verdict.Inconclusive, $"v{deployment.From} keeps serving at {deployment.Address}");
            case DeploymentOutcome.AlreadyServing:
                session.Output.Good(record.StagesExecuted == 0
                    ? $"Nothing to do: 0 stages executed, 0 processes started. {serving} (v{deployment.Version})"
                    : $"{serving} (v{deployment.Version}, already)");
                break;
            default:
                session.Output.Line(deployment.Reason);
                session.Output.Good($"{serving} (v{deployment.Version}, {deployment.Outcome})");
                break;
        }

        if (example != null)
        {
            session.Output.Line($"try: curl -s {deployment.Address}predict -d '{example}'");
        }
    }

    private static StageFailedException Refused(DeploymentRecord deployment, Verdict verdict, string state) => new(
        $"v{deployment.Version} was not deployed",
        [new($"v{deployment.Version} {deployment.Outcome}, {state}", $"{deployment.Pipeline}/{deployment.Environment}", deployment.Reason, "a version that is no worse", $"look at .mlops/deployments/{deployment.Id}.json, then train another candidate")],
        verdict);
}
