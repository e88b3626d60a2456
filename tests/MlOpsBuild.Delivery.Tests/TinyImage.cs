using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>The container image of a tiny model.</summary>
internal static class TinyImage
{
    /// <summary>Makes it, as Package would.</summary>
    public static async Task MakeAsync(MlOpsStore store, ModelVersion version, ContainerFixture containers)
    {
        containers.Lend(store);
        var files = new ImageFiles(
            store.Blobs, new FileDigests(Path.Combine(store.Folder, "cache", "sources.index"), TimeProvider.System), "/");
        var bundle = await Bundle.OpenAsync(store, version.Bundle, CancellationToken.None);
        var options = new ContainedModelOptions(
            TinyModel.Pipeline, $"/{ImageStage.ModelFolder}/model.json", version.Model.ToString(), TinyModel.Contract.KnownWhenPredicting);
        var parts = new Dictionary<string, Artifact> { ["model.json"] = await bundle.PartAsync(BundlePart.Model, CancellationToken.None) };
        var input = new ImageInput(
            TinyModel.Pipeline, version.Number, version.Bundle,
            [
                .. containers.Layers,
                await LayerAsync(
                    store, "model", await files.ModelAsync(parts, CanonicalJson.Serialize(options), [], CancellationToken.None)),
            ],
            "amd64")
            {
                Command = containers.Server.Command, Port = ContainedModelOptions.UsualPort,
                Variables = [$"{ContainedModelOptions.VersionVariable}={version.Number}"]
            };
        var image = await store.Stages(TinyModel.Pipeline)
            .RunAsync(new ImageStage(ImagePlatform.Ours), input, new Progress<string>(), CancellationToken.None);
        var name = ImageName.Of(TinyModel.Pipeline, version.Number);
        await OciLayout.TagAsync(store, name, image.Result, null, CancellationToken.None);
        await ImageSignature.SignAsync(store, name, image.Result, CancellationToken.None);
        await AttestAsync(store, name, image.Result, version, version.Bundle);
    }

    /// <summary>Says of which bundle an image was made, where there is a key.</summary>
    public static Task AttestAsync(MlOpsStore store, string name, Digest image, ModelVersion version, Digest bundle) =>
        ImageAttestations.SignAsync(
            store, name, image,
            new Dictionary<string, byte[]>
            {
                [Provenance.PredicateType] = Provenance.Write(
                    name, image, bundle, version.Model,
                    new() { Id = "run", Pipeline = TinyModel.Pipeline, Started = DateTimeOffset.UnixEpoch })
            },
            CancellationToken.None);

    /// <summary>The server below the model, and its layers.</summary>
    public static async Task<(ImageServer Server, IReadOnlyList<ImageLayer> Layers)> LowerLayersAsync(MlOpsStore store, string serverFolder)
    {
        var files = new ImageFiles(
            store.Blobs, new FileDigests(Path.Combine(store.Folder, "cache", "sources.index"), TimeProvider.System), "/");
        var server = await new ImageServerFiles(files, serverFolder)
            .ReadAsync(null, onHost: true, ImagePlatform.Ours, CancellationToken.None);
        var layers = new List<ImageLayer>();
        foreach (var (name, entries) in server.Layers)
        {
            layers.Add(await LayerAsync(store, name, entries));
        }

        return (server, layers);
    }

    private static async Task<ImageLayer> LayerAsync(MlOpsStore store, string name, IReadOnlyList<LayerEntry> entries)
    {
        var layer = await store.Stages(TinyModel.Pipeline)
            .RunAsync(new LayerStage(name), entries, new Progress<string>(), CancellationToken.None);
        return new(layer.Outputs[LayerStage.LayerFile].Digest, layer.Result);
    }
}
