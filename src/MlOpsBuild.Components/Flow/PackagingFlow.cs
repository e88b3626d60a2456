using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Components.Flow;

/// <summary>Evidence → bundle → contract test → numbered version.</summary>
internal static class PackagingFlow
{
    public static async Task PackageAsync(RunSession session, PipelineRun run, string? serverFolder, CancellationToken cancellationToken)
    {
        var training = run.Training.Result;
        var description = new BundleDescription
        {
            Pipeline = run.Specification.Name,
            Data = run.Snapshot.Combined,
            Simulated = run.Record.Simulated,
            TrainedThrough = training.Through,
            HoldOutFrom = training.HoldOutFrom,
            HoldOutThrough = training.HoldOutThrough,
            Metrics = run.Evidence.Metrics,
            Parameters = new(run.Specification.Parameters.ToDictionary(), StringComparer.Ordinal),
        };
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = run.Training.Outputs[TrainStage.ModelFile],
            [BundlePart.Rows] = run.Evaluation.Outputs[EvaluateStage.RowsFile],
            [BundlePart.Contract] = await PutAsync(session, run.Specification.Contract, cancellationToken),
            [BundlePart.Profile] = await PutAsync(session, run.Validated.Result.Profile, cancellationToken),
            [BundlePart.Evidence] = await PutAsync(session, run.Evidence, cancellationToken),
        };
        var packaged = await run.RunAsync(new BundleStage(), new BundleInput(description, parts, run.Evidence.Gates), cancellationToken);
        await TestAsync(session, run, packaged.Result, parts, serverFolder, cancellationToken);
        if (session.IsForecast)
        {
            return;
        }

        run.Version = await session.Store.Versions(run.Specification.Name).RegisterAsync(
            number => new(number, packaged.Result, parts[BundlePart.Model].Digest, run.Record.Id, session.Time.GetUtcNow(), run.Record.Simulated, run.TestedAgainst),
            packaged.Result, cancellationToken);
        await OciLayout.TagAsync(session.Store, $"{run.Specification.Name}-v{run.Version.Number}", packaged.Result, BundleStage.ArtifactType, cancellationToken);
        session.Note($"v{run.Version.Number}");
        session.Output.Line($"version v{run.Version.Number}: bundle {packaged.Result.Abbreviated}");
        await run.RecordAsync(record => record with { Bundle = packaged.Result, Version = run.Version.Number }, cancellationToken);
    }

    private static async Task TestAsync(
        RunSession session, PipelineRun run, Digest bundle, Dictionary<BundlePart, Artifact> parts, string? serverFolder, CancellationToken cancellationToken)
    {
        using var delivery = await LocalDelivery.OpenAsync(session, run.Specification.Name, serverFolder, cancellationToken);
        var tested = await run.RunAsync(
            new ContractTestStage(delivery.Launcher, delivery.Stopper, session.Time),
            new ContractTestInput(run.Specification.Name, bundle, parts[BundlePart.Model], parts[BundlePart.Rows], delivery.Program, run.Specification.Canary.SlowAfter),
            cancellationToken);
        await run.RecordAsync(record => record with { ProcessesStarted = record.ProcessesStarted + delivery.Launcher.Started }, cancellationToken);
        session.Output.Line($"contract test: {tested.Result.GoldenRows} golden predictions equal to the bit, {tested.Result.RefusedInputs} wrong inputs refused");
    }

    private static async Task<Artifact> PutAsync<T>(RunSession session, T value, CancellationToken cancellationToken)
    {
        var content = CanonicalJson.Serialize(value);
        var digest = Digest.Of(content);
        return session.IsForecast ? new(digest, session.Store.Blobs.PathOf(digest)) : await session.Store.Blobs.PutAsync(content, cancellationToken);
    }
}
