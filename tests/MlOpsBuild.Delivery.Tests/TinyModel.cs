using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A linear model of one feature, written by hand, whose labels are its own predictions and a little more or less.</summary>
internal static class TinyModel
{
    public const string Pipeline = "Tiny";
    public const int Rows = 40;

    /// <summary>Models of different <paramref name="variant"/> have different digests and the same predictions.</summary>
    public static LinearModel Model(int variant, bool needsWind = false) => new()
    {
        Target = "demand",
        Fields =
        [
            new FieldRule("temperature", FieldKind.Real, 0, 1000 + variant),
            .. needsWind ? [new FieldRule("wind", FieldKind.Real)] : Array.Empty<FieldRule>()
        ],
        Scale = TargetTransform.Identity,
        Transform = new([new NumberTerm("temperature", 0, 3, 7)]),
        Intercept = 100.1,
        Coefficients = [9.7],
    };

    public static DataContract Contract { get; } = new("Tiny",
    [
        new() { Rule = new("temperature", FieldKind.Real), Property = "Temperature" },
        new() { Rule = new("wind", FieldKind.Real), Property = "Wind" },
        new() { Rule = new("demand", FieldKind.Real), Property = "Demand", Role = ColumnRole.Label },
    ]);

    public static string RowsOf(LinearModel model, double factor = 1)
    {
        var lines = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            double[] values = [row * 1.3, row];
            var prediction = model.Predict(values).Value * factor;
            lines.Append(new LabelledRow(
                RowWriter.Write([model.Fields[0], new("wind", FieldKind.Real)], values), prediction + ((row % 7) - 3), prediction)
                .ToLine());
        }

        return lines.ToString();
    }

    public static Task<Artifact> StoreAsync(MlOpsStore store, LinearModel model) =>
        store.Blobs.PutAsync(CanonicalJson.Serialize<TrainedModel>(model), CancellationToken.None);

    /// <summary>Bundles and registers a version.</summary>
    public static async Task<ModelVersion> RegisterAsync(MlOpsStore store, int variant, bool needsWind = false)
    {
        var model = Model(variant, needsWind);
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = await StoreAsync(store, model),
            [BundlePart.Rows] = await store.Blobs.PutAsync(Encoding.UTF8.GetBytes(RowsOf(model)), CancellationToken.None),
            [BundlePart.Contract] = await store.Blobs.PutAsync(CanonicalJson.Serialize(Contract), CancellationToken.None),
        };
        return await RegisterAsync(store, parts);
    }

    /// <summary>Bundles and registers a version of these parts.</summary>
    public static async Task<ModelVersion> RegisterAsync(MlOpsStore store, IReadOnlyDictionary<BundlePart, Artifact> parts)
    {
        var description = new BundleDescription
        {
            Pipeline = Pipeline, Data = Digest.Of("data"), Simulated = true, Split = new() { HoldOut = "nothing" }, Metrics = [],
            Parameters = []
        };
        var bundle = (await store.Stages(Pipeline)
            .RunAsync(new BundleStage(), new(description, parts, []), new Progress<string>(), CancellationToken.None)).Result;
        return await store.Versions(Pipeline).RegisterAsync(
            number => new(number, bundle, parts[BundlePart.Model].Digest, "run", DateTimeOffset.UnixEpoch, true, null) { Maker = "tester" },
            bundle,
            CancellationToken.None);
    }
}
