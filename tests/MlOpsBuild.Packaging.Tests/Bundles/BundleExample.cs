using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Bundles.Tests;

/// <summary>A small bundle of known content.</summary>
internal static class BundleExample
{
    public static BundleDescription Description { get; } = new()
    {
        Pipeline = "BikeDemand",
        Data = Digest.Of("the data"),
        Simulated = true,
        Split = new()
        {
            HoldOut = "the last 184 days", Through = new(2012, 6, 30, 23, 0, 0), From = new(2012, 7, 1, 0, 0, 0),
            To = new(2012, 12, 31, 23, 0, 0)
        },
        Metrics = [new("RMSE", 42.123456, Direction.LowerIsBetter, 4416), new("R2", 0.9, Direction.HigherIsBetter, 4416)],
        Parameters = new(StringComparer.Ordinal) { ["lambda"] = "0.1", ["seed"] = "7" },
    };

    public static IReadOnlyList<GateOutcome> Gates { get; } =
        [new("RMSE beats same hour last week", "RMSE", 42.1, 60, "baseline", new(-20, -16, 0.95), Verdict.Passed, "better by 16 to 20")];

    public static string Content(BundlePart part) => $$"""{"part":"{{part}}"}""";

    /// <summary>Stores every part but the card and names them.</summary>
    public static async Task<BundleInput> StoreAsync(MlOpsStore store, bool reversed = false)
    {
        var parts = new Dictionary<BundlePart, Artifact>();
        BundlePart[] order = [BundlePart.Model, BundlePart.Rows, BundlePart.Contract, BundlePart.Profile, BundlePart.Evidence];
        foreach (var part in reversed ? order.Reverse() : order)
        {
            parts[part] = await store.Blobs.PutAsync(Encoding.UTF8.GetBytes(Content(part)), CancellationToken.None);
        }

        return new(Description, parts, Gates);
    }

    /// <summary>Runs the stage as a build does, so that manifest, description and card are stored; returns the manifest's digest.</summary>
    public static async Task<Digest> PackAsync(MlOpsStore store, BundleInput input) =>
        (await store.Stages("BikeDemand").RunAsync(new BundleStage(), input, new Progress<string>(), CancellationToken.None)).Result;
}
