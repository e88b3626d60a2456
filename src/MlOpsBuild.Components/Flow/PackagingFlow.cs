using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Flow;

/// <summary>Evidence → bundle → contract test → numbered version.</summary>
internal static class PackagingFlow
{
    public static async Task PackageAsync(
        RunSession session, PipelineRun run, string? serverFolder, ImageChoices? image, CancellationToken cancellationToken)
    {
        var training = run.Training.Result;
        var description = new BundleDescription
        {
            Pipeline = run.Specification.Name,
            Data = run.Snapshot.Combined,
            Simulated = run.Record.Simulated,
            Split = training.Split,
            Classes = run.Specification.Target.Classes?.Names ?? [],
            Metrics = run.Evidence.Metrics,
            Parameters = new(run.Specification.Parameters.ToDictionary(), StringComparer.Ordinal),
        };
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = run.Training.Outputs[TrainStage.ModelFile],
            [BundlePart.Rows] = await RowsAsync(session, run, cancellationToken),
            [BundlePart.Contract] = await session.PutAsync(run.Specification.Contract, cancellationToken),
            [BundlePart.Profile] = await session.PutAsync(run.Validated.Result.Profile, cancellationToken),
            [BundlePart.Evidence] = await session.PutAsync(run.Evidence, cancellationToken),
        };
        var packaged = await run.RunAsync(new BundleStage(), new BundleInput(description, parts, run.Evidence.Gates), cancellationToken);
        await TestAsync(session, run, packaged.Result, parts, serverFolder, cancellationToken);
        if (session.IsForecast)
        {
            run.Version = (await session.Store.Versions(run.Specification.Name).AllAsync(cancellationToken))
                .LastOrDefault(version => version.Bundle == packaged.Result)
                ?? throw new StageWouldRunException("version", "the bundle has no number yet");
            return;
        }

        run.Version = await session.Store.Versions(run.Specification.Name).RegisterAsync(
            number => new(
                number, packaged.Result, parts[BundlePart.Model].Digest, run.Record.Id, session.Time.GetUtcNow(), run.Record.Simulated,
                run.TestedAgainst),
            packaged.Result, cancellationToken);
        var name = $"{run.Specification.Name}-v{run.Version.Number}";
        await OciLayout.TagAsync(session.Store, name, packaged.Result, BundleStage.ArtifactType, cancellationToken);
        await ModelSignature.SignAsync(
            session.Store, name, await Bundle.OpenAsync(session.Store, packaged.Result, cancellationToken), cancellationToken);
        session.Note($"v{run.Version.Number}");
        session.Output.Line($"version v{run.Version.Number}: bundle {packaged.Result.Abbreviated}");
        await run.RecordAsync(record => record with { Bundle = packaged.Result, Version = run.Version.Number }, cancellationToken);
        if (image != null)
        {
            await ImageFlow.MakeAsync(session, run, image, DeliveryParts.ServerFolder(session, serverFolder), parts, cancellationToken);
        }
    }

    private static async Task<Artifact> RowsAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        var rows = run.Evaluation.Outputs[EvaluateStage.RowsFile];
        if (run.ChampionRows is not { } champion || !File.Exists(rows.Path) || !File.Exists(champion.Path)
            || RowsForBoth.Merge(
                await File.ReadAllLinesAsync(rows.Path, cancellationToken), await File.ReadAllLinesAsync(champion.Path, cancellationToken))
                is not { } both)
        {
            return rows;
        }

        return session.IsForecast
            ? new(Digest.Of(both), session.Store.Blobs.PathOf(Digest.Of(both)))
            : await session.Store.Blobs.PutAsync(both, cancellationToken);
    }

    private static async Task TestAsync(
        RunSession session, PipelineRun run, Digest bundle, Dictionary<BundlePart, Artifact> parts, string? serverFolder,
        CancellationToken cancellationToken)
    {
        using var delivery = await DeliveryParts.ForTestAsync(
            session, run.Specification.Name, LocalEnvironment.Name, serverFolder, cancellationToken);
        var known = run.Specification.Contract.KnownWhenPredicting;
        var model = new ServedModel(parts[BundlePart.Model], known, RequestContract.Of([], known));
        var input = new ContractTestInput(
            run.Specification.Name, bundle, model, parts[BundlePart.Rows], delivery.Program.Digest,
            run.Specification.Canary.SlowAfter) { Budget = run.Specification.Budget };
        var tested = await ContractChecks.RunAsync(session, run, delivery, input, "", cancellationToken);
        await run.RecordAsync(record => record with { AnswerTimes = tested.AnswerTimes }, cancellationToken);
        session.Output.Line($"contract test: {ContractChecks.Line(tested)}");
    }
}
