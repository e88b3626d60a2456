using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Onnx.Export.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;
using MlOpsBuild.Tracking;
using MlOpsBuild.Tracking.Mirroring;
using MlOpsBuild.Tracking.Models;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>
/// A version of ours goes to MLflow in its ONNX form, and comes back from there as a model of others that predicts the same.
/// </summary>
public sealed class RegisteredModelTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_was_mirrored_comes_back_and_predicts_the_same()
    {
        using var server = await FakeMlflow.StartAsync(CancellationToken.None);
        var tracking = TrackingServer.Parse(server.Address, "--mlflow", new Dictionary<string, string>());
        var ours = OnnxExporterTests.Trained("fast-tree", "number", MixedRows.Features, TargetTransform.Identity);
        var store = MlOpsStore.At(_folder.Path, TimeProvider.System);
        await RegisterAsync(store, ours);

        var report = await new Mirror(store, tracking, TimeProvider.System).RunAsync(new(["Demand"], null), CancellationToken.None);

        (report.Runs, report.Versions, report.Problems.Count).ShouldBe((1, 1, 0));
        server.Models["Demand"].Aliases["champion"].ShouldBe("1");
        var file = server.Artifacts
            .Single(artifact => artifact.Key.EndsWith("/artifacts/model/model.onnx", StringComparison.Ordinal)).Value;
        var trainer = Trainers.Onnx("mlflow://Demand@champion", Digest.Of(file).Hex);
        var wanted = trainer.Registered.ShouldNotBeNull();
        (await new ModelImport(tracking, store.Folder, TimeProvider.System).BringAsync(
            new(wanted.Name, wanted.Alias, wanted.Version, wanted.Pinned), _folder[wanted.File], CancellationToken.None)).ShouldBeNull();

        var table = MixedRows.Table(200, 3, "number");
        var theirs = (OnnxModel)trainer.Fit(
            TrainingRows.Of(table, MixedRows.Features, new(TargetTransform.Identity, null), false, 1) with { Root = _folder.Path },
            CancellationToken.None);
        foreach (var row in FieldRows.Of(table, theirs.Fields))
        {
            theirs.Predict(new InputRow(row)).Value.ShouldBe(ours.Predict(new InputRow(row)).Value, 1e-5);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RegisterAsync(MlOpsStore store, TrainedModel ours)
    {
        var model = await store.Blobs.PutAsync(CanonicalJson.Serialize(ours), CancellationToken.None);
        var (run, bundle) = (store.Runs.NewId(Start), Digest.Of("bundle"));
        await store.Runs.SaveAsync(
            new() { Id = run, Pipeline = "Demand", Started = Start, Data = Digest.Of("data"), Model = model.Digest },
            CancellationToken.None);
        var registry = store.Versions("Demand");
        await registry.RegisterAsync(
            number => new(number, bundle, model.Digest, run, Start, false, null), bundle, CancellationToken.None);
        await registry.MoveAsync(
            "champion", null, 1, Store.Versions.AliasMoveKind.Promote, "ann", "a test", CancellationToken.None);
    }
}
