using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
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
        var (fitted, tested) = (run.Results.Take<FittedModel>(), run.Results.Take<TestedModel>());
        var description = new BundleDescription
        {
            Pipeline = run.Specification.Name,
            Data = run.Results.Take<IngestedData>().Snapshot.Combined,
            Simulated = run.Record.Simulated,
            Split = fitted.Summary.Split,
            Classes = run.Specification.Target.Classes?.Names ?? [],
            Metrics = tested.Evidence.Metrics,
            Card = run.Specification.Card,
            Parameters = new(run.Specification.Parameters.ToDictionary(), StringComparer.Ordinal),
        };
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = fitted.Model,
            [BundlePart.Rows] = await RowsAsync(session, tested, run.Specification.Contract.Personal, cancellationToken),
            [BundlePart.Contract] = await session.PutAsync(run.Specification.Contract, cancellationToken),
            [BundlePart.Profile] = await session.PutAsync(run.Results.Take<CheckedData>().Profile, cancellationToken),
            [BundlePart.Evidence] = await session.PutAsync(tested.Evidence, cancellationToken),
        };
        var packaged = await run.RunAsync(new BundleStage(), new BundleInput(description, parts, tested.Evidence.Gates)
            {
                DependsOn = CardDependences.Of(tested.Evidence.Explanation),
            }, cancellationToken);
        await TestAsync(session, run, packaged.Result, parts, serverFolder, cancellationToken);
        if (session.IsForecast)
        {
            run.Results.Keep(new PackagedModel(
                (await session.Store.Versions(run.Specification.Name).AllAsync(cancellationToken))
                    .LastOrDefault(known => known.Bundle == packaged.Result)
                ?? throw new StageWouldRunException("version", "the bundle has no number yet")));
            return;
        }

        var version = await session.Store.Versions(run.Specification.Name).RegisterAsync(
            number => new(
                number, packaged.Result, parts[BundlePart.Model].Digest, run.Record.Id, session.Time.GetUtcNow(), run.Record.Simulated,
                tested.Champion?.Model) { Maker = session.Maker, Source = run.Record.Source },
            packaged.Result, cancellationToken);
        run.Results.Keep(new PackagedModel(version));
        var name = $"{run.Specification.Name}-v{version.Number}";
        await OciLayout.TagAsync(session.Store, name, packaged.Result, BundleStage.ArtifactType, cancellationToken);
        await ModelSignature.SignAsync(
            session.Store, name, await Bundle.OpenAsync(session.Store, packaged.Result, cancellationToken), cancellationToken);
        session.Note($"v{version.Number}");
        session.Output.Line($"version v{version.Number}: bundle {packaged.Result.Abbreviated}");
        await run.RecordAsync(record => record with { Bundle = packaged.Result, Version = version.Number }, cancellationToken);
        if (image != null)
        {
            await ImageFlow.MakeAsync(session, run, image, DeliveryParts.ServerFolder(session, serverFolder), parts, cancellationToken);
        }
    }

    private static async Task<Artifact> RowsAsync(
        RunSession session, TestedModel tested, IReadOnlyList<string> personal, CancellationToken cancellationToken)
    {
        var rows = tested.Rows;
        if (tested.Champion?.Rows is not { } champion || !File.Exists(rows.Path) || !File.Exists(champion.Path)
            || RowsForBoth.Merge(
                await File.ReadAllLinesAsync(rows.Path, cancellationToken), await File.ReadAllLinesAsync(champion.Path, cancellationToken),
                personal)
                is not { } both)
        {
            return rows;
        }

        return session.IsForecast
            ? session.Store.Blobs.At(Digest.Of(both))
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
