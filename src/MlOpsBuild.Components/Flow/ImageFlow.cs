using System.Text.Json.Nodes;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version → container image, in the store as an OCI layout.</summary>
internal static class ImageFlow
{
    private const double Megabyte = 1e6;

    /// <summary>Makes the image of a version: what changes least lies lowest.</summary>
    public static async Task MakeAsync(
        RunSession session, PipelineRun run, ImageChoices choices, string serverFolder, IReadOnlyDictionary<BundlePart, Artifact> parts,
        CancellationToken cancellationToken)
    {
        var (version, pipeline) = (run.Results.Take<PackagedModel>().Version, run.Specification.Name);
        // What was restored by its key alone is needed now.
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(parts[BundlePart.Model].Path, cancellationToken));
        if (model is CommandModel program)
        {
            session.Output.Warn(
                $"no image: the model is scored by '{string.Join(' ', program.Command)}', which this build has not got and images do not carry");
            return;
        }

        if (model is PromptModel)
        {
            session.Output.Warn("no image: only servers of this machine are given the key of the endpoint that the model asks");
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            session.Output.Warn(
                "no image: it is made of the runtime that is installed, which has to be that of Linux; a build server on Linux makes it");
            return;
        }

        var digests = new FileDigests(Path.Combine(session.Store.Folder, "cache", "sources.index"), session.Time);
        var files = new ImageFiles(session.Store.Blobs, digests, Path.DirectorySeparatorChar.ToString());
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var layer = await LayerAsync(run, "model", await ModelAsync(run, files, bundle, parts, cancellationToken), cancellationToken);
        var (images, attached) = (new Dictionary<ImagePlatform, Digest>(), new List<Digest>());
        foreach (var platform in choices.Platforms)
        {
            var server = await new ImageServerFiles(files, serverFolder)
                .ReadAsync((model as ForeignModel)?.ScoredBy, onHost: choices.Base == null, platform, cancellationToken);
            var layers = await LayersAsync(session, run, choices, platform, server, layer, cancellationToken);
            var image = await ImageAsync(session, run, choices, platform, server, layers, cancellationToken);
            images[platform] = image;
            var bill = new SoftwareBillInput(pipeline, version.Number, bundle.Description, parts[BundlePart.Model].Digest, server);
            attached.AddRange(
                await AttachAsync(session, run, ImageName.Of(pipeline, version.Number, platform), image, bill, cancellationToken));
        }

        await digests.SaveAsync(cancellationToken);
        var list = await ListAsync(session, pipeline, version, cancellationToken);
        Digest? ours = images.TryGetValue(ImagePlatform.Ours, out var mine) ? mine : null;
        List<Digest> others =
        [
            .. images.Where(image => !image.Key.IsOurs).Select(image => image.Value),
            .. list is { } one ? [one] : (Digest[])[]
        ];
        await run.RecordAsync(
            record => record with { Image = ours, OtherImages = others.Count > 0 ? others : null, Attestations = attached },
            cancellationToken);
    }

    private static async Task<IReadOnlyList<ImageLayer>> LayersAsync(
        RunSession session, PipelineRun run, ImageChoices choices, ImagePlatform platform, ImageServer server, ImageLayer model,
        CancellationToken cancellationToken)
    {
        List<ImageLayer> layers = choices.Base is { } reference
            ? [.. await ImageTransfer.PullAsync(session, reference, platform, new OutputProgress(session.Output), cancellationToken)]
            : [];
        foreach (var (name, entries) in server.Layers)
        {
            layers.Add(await LayerAsync(run, name + platform.Suffix, entries, cancellationToken));
        }

        layers.Add(model);
        if (run.Specification.Budget.ImageMegabytes is { } most && layers.Sum(layer => layer.Bytes) is var bytes && bytes > most * Megabyte)
        {
            throw new StageFailedException(
                Invariant($"v{run.Results.Take<PackagedModel>().Version.Number} has no image"),
                [new(
                    "MLB7045", "Over the budget", ".Budget(b => b.Image(…))", Invariant($"{bytes / Megabyte:0.0} MB"),
                    Invariant($"at most {most} MB"), "make the model smaller, build on a smaller --base-image, or raise the budget")],
                Verdict.Failed);
        }

        return layers;
    }

    private static async Task<Digest> ImageAsync(
        RunSession session, PipelineRun run, ImageChoices choices, ImagePlatform platform, ImageServer server,
        IReadOnlyList<ImageLayer> layers, CancellationToken cancellationToken)
    {
        var (version, pipeline) = (run.Results.Take<PackagedModel>().Version, run.Specification.Name);
        var input = new ImageInput(pipeline, version.Number, version.Bundle, layers, platform.Architecture)
        {
            Command = server.Command,
            Port = ContainedModelOptions.UsualPort,
            Variables =
            [
                Invariant($"{ContainedModelOptions.VersionVariable}={version.Number}"),
                Invariant($"{ContainedModelOptions.PortVariable}={ContainedModelOptions.UsualPort}")
            ],
            Annotations = await AnnotationsAsync(session, version, choices.Base, cancellationToken),
        };
        var image = (await run.RunAsync(new ImageStage(platform), input, cancellationToken)).Result;
        var name = ImageName.Of(pipeline, version.Number, platform);
        await OciLayout.TagAsync(session.Store, name, image, null, cancellationToken);
        var size = Invariant(
            $"{layers.Sum(layer => layer.Bytes) / Megabyte:0.0} MB in {layers.Count} layers, of which {layers[^1].Bytes / Megabyte:0.00} MB are this model's");
        session.Output.Line(
            $"image {name}: {image.Abbreviated}, {size}; {server.Describe()}{(platform.IsOurs ? "" : $", for {platform}")}");
        return image;
    }

    // All that there are of the version, also those of another run.
    private static async Task<Digest?> ListAsync(
        RunSession session, string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        var images = await ImageList.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        if (await ImageList.MakeAsync(session.Store, pipeline, version.Number, images, cancellationToken) is not { } list)
        {
            return null;
        }

        await ImageSignature.SignAsync(session.Store, list.Name, list.Manifest, cancellationToken);
        session.Output.Line($"images {list.Name}: {list.Manifest.Abbreviated}, for {string.Join(" and ", images.Keys)}");
        return list.Manifest;
    }

    // Of the run that made the version: packaging it once more changes nothing of where it comes from.
    private static async Task<IReadOnlyList<Digest>> AttachAsync(
        RunSession session, PipelineRun run, string name, Digest image, SoftwareBillInput bill, CancellationToken cancellationToken)
    {
        var attachment = new Attachment(session.Store.Blobs);
        var origin = await session.Store.Runs.FindAsync(run.Results.Take<PackagedModel>().Version.Run, cancellationToken) ?? run.Record;
        var listed = SoftwareBill.Write(bill, Path.DirectorySeparatorChar.ToString());
        var told = Provenance.Write(name, image, run.Results.Take<PackagedModel>().Version.Bundle, bill.Model, origin);
        var materials = await attachment.AttachAsync(image, SoftwareBill.MediaType, listed, cancellationToken);
        var provenance = await attachment.AttachAsync(image, Statement.MediaType, told, cancellationToken);
        var statements = new Dictionary<string, byte[]>
        {
            [Provenance.PredicateType] = told,
            [SoftwareBill.PredicateType] = Statement.Write(name, image, SoftwareBill.PredicateType, JsonNode.Parse(listed)!)
        };
        await ImageAttestations.SignAsync(session.Store, name, image, statements, cancellationToken);
        if (await ImageSignature.SignAsync(session.Store, name, image, cancellationToken) != null)
        {
            session.Output.Line($"image {name} is signed, with its bill of materials and provenance");
        }

        await OciLayout.TagAsync(session.Store, name + ImageAttachments.Bill, materials, SoftwareBill.MediaType, cancellationToken);
        await OciLayout.TagAsync(session.Store, name + ImageAttachments.Origin, provenance, Statement.MediaType, cancellationToken);
        return [materials, provenance];
    }

    private static async Task<ImageLayer> LayerAsync(
        PipelineRun run, string name, IReadOnlyList<LayerEntry> entries, CancellationToken cancellationToken)
    {
        var layer = await run.RunAsync(new LayerStage(name), entries, cancellationToken);
        return new(layer.Outputs[LayerStage.LayerFile].Digest, layer.Result);
    }

    private static async Task<IReadOnlyList<LayerEntry>> ModelAsync(
        PipelineRun run, ImageFiles files, Bundle bundle, IReadOnlyDictionary<BundlePart, Artifact> parts,
        CancellationToken cancellationToken)
    {
        var options = new ContainedModelOptions(
            run.Specification.Name, $"/{ImageStage.ModelFolder}/model.json", parts[BundlePart.Model].Digest.ToString(),
            run.Specification.Contract.KnownWhenPredicting);
        var inside = new Dictionary<string, Artifact>
        {
            ["model.json"] = parts[BundlePart.Model],
            ["contract.json"] = parts[BundlePart.Contract],
            ["card.md"] = await bundle.PartAsync(BundlePart.Card, cancellationToken),
        };
        return await files.ModelAsync(
            inside, CanonicalJson.Serialize(options),
            [.. run.Specification.Contract.Columns.Select(column => column.Rule.Zone).OfType<string>().Where(zone => zone != "UTC")],
            cancellationToken);
    }

    // Of the run that made the version, not of the one that packages it once more.
    private static async Task<IReadOnlyDictionary<string, string>> AnnotationsAsync(
        RunSession session, ModelVersion version, string? on, CancellationToken cancellationToken)
    {
        var annotations = new Dictionary<string, string>();
        if ((await session.Store.Runs.FindAsync(version.Run, cancellationToken))?.Source?.Commit is { } commit)
        {
            annotations[OciAnnotation.Revision] = commit;
        }

        if (on != null)
        {
            var (address, digest) = BaseImage.Parse(on);
            (annotations[OciAnnotation.BaseName], annotations[OciAnnotation.BaseDigest]) = (address, digest.ToString());
        }

        return annotations;
    }
}
