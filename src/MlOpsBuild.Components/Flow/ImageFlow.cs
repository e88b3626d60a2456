using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Version → container image, in the store as an OCI layout.</summary>
internal static class ImageFlow
{
    private const double Megabyte = 1e6;
    private const string MaterialsSuffix = ".sbom";
    private const string ProvenanceSuffix = ".provenance";

    /// <summary>Makes the image of a version: what changes least lies lowest.</summary>
    public static async Task MakeAsync(RunSession session, PipelineRun run, ImageChoices choices, string serverFolder, IReadOnlyDictionary<BundlePart, Artifact> parts, CancellationToken cancellationToken)
    {
        var (version, pipeline) = (run.Version, run.Specification.Name);
        // What was restored by its key alone is needed now.
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(parts[BundlePart.Model].Path, cancellationToken));
        if (model is CommandModel program)
        {
            session.Output.Warn($"no image: the model is scored by '{string.Join(' ', program.Command)}', which this build has not got and images do not carry");
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            session.Output.Warn("no image: it is made of the runtime that is installed, which has to be that of Linux; a build server on Linux makes it");
            return;
        }

        var digests = new FileDigests(Path.Combine(session.Store.Folder, "cache", "sources.index"), session.Time);
        var files = new ImageFiles(session.Store.Blobs, digests, Path.DirectorySeparatorChar.ToString());
        var bundle = await Bundle.OpenAsync(session.Store, version.Bundle, cancellationToken);
        var server = await new ImageServerFiles(files, serverFolder).ReadAsync((model as ForeignModel)?.ScoredBy, onHost: choices.Base == null, cancellationToken);
        List<ImageLayer> layers = choices.Base is { } reference ? [.. await PullAsync(session, reference, cancellationToken)] : [];
        foreach (var (layer, entries) in server.Layers)
        {
            layers.Add(await LayerAsync(run, layer, entries, cancellationToken));
        }

        layers.Add(await LayerAsync(run, "model", await ModelAsync(run, files, bundle, parts, cancellationToken), cancellationToken));
        await digests.SaveAsync(cancellationToken);
        if (run.Specification.Budget.ImageMegabytes is { } most && layers.Sum(layer => layer.Bytes) is var bytes && bytes > most * Megabyte)
        {
            throw new StageFailedException(
                Invariant($"v{version.Number} has no image"),
                [new("Over the budget", ".Budget(b => b.Image(…))", Invariant($"{bytes / Megabyte:0.0} MB"), Invariant($"at most {most} MB"), "make the model smaller, build on a smaller --base-image, or raise the budget")], Verdict.Failed);
        }

        var input = new ImageInput(pipeline, version.Number, version.Bundle, layers, Architecture())
        {
            Command = server.Command,
            Port = ContainedModelOptions.UsualPort,
            Variables = [Invariant($"{ContainedModelOptions.VersionVariable}={version.Number}"), Invariant($"{ContainedModelOptions.PortVariable}={ContainedModelOptions.UsualPort}")],
            Annotations = await AnnotationsAsync(session, version, choices.Base, cancellationToken),
        };
        var image = (await run.RunAsync(new ImageStage(), input, cancellationToken)).Result;
        var name = ImageName.Of(pipeline, version.Number);
        await OciLayout.TagAsync(session.Store, name, image, null, cancellationToken);
        session.Output.Line(Invariant($"image {name}: {image.Abbreviated}, {layers.Sum(layer => layer.Bytes) / Megabyte:0.0} MB in {layers.Count} layers, of which {layers[^1].Bytes / Megabyte:0.00} MB are this model's; {server.Describe()}"));
        var attached = await AttachAsync(session, run, name, image, new(pipeline, version.Number, bundle.Description, parts[BundlePart.Model].Digest, server), cancellationToken);
        await run.RecordAsync(record => record with { Image = image, Attestations = attached }, cancellationToken);
    }

    /// <summary>Writes the image of a version to a file.</summary>
    public static async Task SaveAsync(RunSession session, string pipeline, ModelVersion version, string? to, CancellationToken cancellationToken)
    {
        var (name, image) = await VersionImage.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        var path = to ?? Path.Combine(session.Store.Folder, "exports", Invariant($"{pipeline}-v{version.Number}.tar"));
        var temporary = Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                await DockerArchive.WriteAsync(session.Store.Blobs, image, name, stream, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(new Finding("The image's file cannot be written", path, problem.Message, "a folder that this user may write to, with room for it", "correct --to"));
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }

        var shown = Path.GetRelativePath(session.Root, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        session.Output.Good(Invariant($"{shown}: {name}, {new FileInfo(path).Length / Megabyte:0.0} MB. docker load --input {shown} && docker run --read-only --publish 127.0.0.1:{ContainedModelOptions.UsualPort}:{ContainedModelOptions.UsualPort} {name}"));
    }

    /// <summary>Sends the image of a version to a registry, with the digest that it has here.</summary>
    public static async Task PushAsync(RunSession session, string pipeline, ModelVersion version, string registry, CancellationToken cancellationToken)
    {
        var (name, image) = await VersionImage.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        using var client = await RegistryClient.OpenAsync(RegistryAddress.Parse($"{registry.TrimEnd('/')}/{ImageName.RepositoryOf(pipeline)}"), session.Environment, session.Time, session.Output.Mask, null, cancellationToken);
        var tag = Invariant($"v{version.Number}");
        var attached = new List<Digest>();
        foreach (var suffix in (string[])[MaterialsSuffix, ProvenanceSuffix])
        {
            attached.AddRange(await OciLayout.FindAsync(session.Store, name + suffix, cancellationToken) is { } found ? [found] : []);
        }

        var signed = new Dictionary<string, Digest>();
        if (await ImageSignature.FindAsync(session.Store, name, cancellationToken) is { } signature)
        {
            signed[ImageSignature.TagOf(image)] = signature;
        }

        if (await ImageAttestations.FindAsync(session.Store, name, cancellationToken) is { } statements)
        {
            signed[ImageAttestations.TagOf(image)] = statements;
        }

        var sent = await new ImagePush(client, session.Store.Blobs).SendAsync(image, attached, signed, tag, new OutputProgress(session.Output), cancellationToken);
        session.Output.Good(Invariant($"{client.Address}:{tag} is {image}; {sent} of its parts travelled"));
        session.Note(Invariant($"{pipeline} {tag}"));
        await session.Store.Audit.AppendAsync(session.Actor, "push", Invariant($"{pipeline} {tag}"), "asked for", new(StringComparer.Ordinal) { ["image"] = image.ToString(), ["registry"] = client.Address.ToString() }, CancellationToken.None);
    }

    // Of the run that made the version: packaging it once more changes nothing of where it comes from.
    private static async Task<IReadOnlyList<Digest>> AttachAsync(RunSession session, PipelineRun run, string name, Digest image, SoftwareBillInput bill, CancellationToken cancellationToken)
    {
        var attachment = new Attachment(session.Store.Blobs);
        var origin = await session.Store.Runs.FindAsync(run.Version.Run, cancellationToken) ?? run.Record;
        var listed = SoftwareBill.Write(bill, Path.DirectorySeparatorChar.ToString());
        var told = Provenance.Write(name, image, run.Version.Bundle, bill.Model, origin);
        var materials = await attachment.AttachAsync(image, SoftwareBill.MediaType, listed, cancellationToken);
        var provenance = await attachment.AttachAsync(image, Statement.MediaType, told, cancellationToken);
        var statements = new Dictionary<string, byte[]> { [Provenance.PredicateType] = told, [SoftwareBill.PredicateType] = Statement.Write(name, image, SoftwareBill.PredicateType, JsonNode.Parse(listed)!) };
        await ImageAttestations.SignAsync(session.Store, name, image, statements, cancellationToken);
        if (await ImageSignature.SignAsync(session.Store, name, image, cancellationToken) != null)
        {
            session.Output.Line($"image {name} is signed, with its bill of materials and provenance");
        }

        await OciLayout.TagAsync(session.Store, name + MaterialsSuffix, materials, SoftwareBill.MediaType, cancellationToken);
        await OciLayout.TagAsync(session.Store, name + ProvenanceSuffix, provenance, Statement.MediaType, cancellationToken);
        return [materials, provenance];
    }

    private static async Task<ImageLayer> LayerAsync(PipelineRun run, string name, IReadOnlyList<LayerEntry> entries, CancellationToken cancellationToken)
    {
        var layer = await run.RunAsync(new LayerStage(name), entries, cancellationToken);
        return new(layer.Outputs[LayerStage.LayerFile].Digest, layer.Result);
    }

    private static async Task<IReadOnlyList<LayerEntry>> ModelAsync(PipelineRun run, ImageFiles files, Bundle bundle, IReadOnlyDictionary<BundlePart, Artifact> parts, CancellationToken cancellationToken)
    {
        var options = new ContainedModelOptions(run.Specification.Name, $"/{ImageStage.ModelFolder}/model.json", parts[BundlePart.Model].Digest.ToString(), run.Specification.Contract.KnownWhenPredicting);
        var inside = new Dictionary<string, Artifact>
        {
            ["model.json"] = parts[BundlePart.Model],
            ["contract.json"] = parts[BundlePart.Contract],
            ["card.md"] = await bundle.PartAsync(BundlePart.Card, cancellationToken),
        };
        return await files.ModelAsync(inside, CanonicalJson.Serialize(options), [.. run.Specification.Contract.Columns.Select(column => column.Rule.Zone).OfType<string>().Where(zone => zone != "UTC")], cancellationToken);
    }

    // Of the run that made the version, not of the one that packages it once more.
    private static async Task<IReadOnlyDictionary<string, string>> AnnotationsAsync(RunSession session, ModelVersion version, string? on, CancellationToken cancellationToken)
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

    private static async Task<IReadOnlyList<ImageLayer>> PullAsync(RunSession session, string reference, CancellationToken cancellationToken)
    {
        var (address, digest) = BaseImage.Parse(reference);
        using var client = await RegistryClient.OpenAsync(RegistryAddress.Parse(address), session.Environment, session.Time, session.Output.Mask, null, cancellationToken);
        return await new BaseImage(client, session.Store.Blobs).PullAsync(digest, Architecture(), new OutputProgress(session.Output), cancellationToken);
    }

    private static string Architecture() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => throw new StageFailedException(new("No image for this processor", "Package", other.ToString(), "x64 or ARM64", "say --no-image")),
    };
}
