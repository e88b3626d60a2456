using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Container image → a file, or a registry.</summary>
internal static class ImageTransfer
{
    private const double Megabyte = 1e6;

    /// <summary>Writes the image of a version to a file.</summary>
    public static async Task SaveAsync(
        RunSession session, string pipeline, ModelVersion version, ImagePlatform platform, string? to, CancellationToken cancellationToken)
    {
        var (name, image) = await VersionImage.FindAsync(session.Store, pipeline, version.Number, platform, cancellationToken);
        var path = to ?? Path.Combine(session.Store.Folder, "exports", Invariant($"{pipeline}-v{version.Number}{platform.Suffix}.tar"));
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
            throw new UsageException(new Finding(
                "MLB7046", "The image's file cannot be written", path, problem.Message,
                "a folder that this user may write to, with room for it", "correct --to"));
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }

        var shown = Path.GetRelativePath(session.Root, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
            ? path
            : relative;
        session.Output.Good(Invariant(
            $"{shown}: {name}, {new FileInfo(path).Length / Megabyte:0.0} MB. docker load --input {shown} && docker run --read-only --publish 127.0.0.1:{ContainedModelOptions.UsualPort}:{ContainedModelOptions.UsualPort} {name}"));
    }

    /// <summary>Where a registry has the images of a pipeline.</summary>
    public static string PlaceOf(string registry, string pipeline) => $"{registry.TrimEnd('/')}/{ImageName.RepositoryOf(pipeline)}";

    /// <summary>The way to them.</summary>
    public static Task<RegistryClient> OpenAsync(
        RunSession session, string pipeline, string registry, CancellationToken cancellationToken) =>
        RegistryClient.OpenAsync(
            RegistryAddress.Parse(PlaceOf(registry, pipeline)), session.Environment, session.Time, session.Output.Mask, null,
            cancellationToken);

    /// <summary>Brings the layers of an image to build on into the store.</summary>
    public static async Task<IReadOnlyList<ImageLayer>> PullAsync(
        RunSession session, string reference, ImagePlatform platform, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (address, digest) = BaseImage.Parse(reference);
        using var client = await RegistryClient.OpenAsync(
            RegistryAddress.Parse(address), session.Environment, session.Time, session.Output.Mask, null, cancellationToken);
        return await new BaseImage(client, session.Store.Blobs).PullAsync(digest, platform.Architecture, progress, cancellationToken);
    }

    /// <summary>
    /// Sends the image of a version to a registry, with the digest that it has here; of several, each, and the list
    /// of them under the version's tag.
    /// </summary>
    public static async Task PushAsync(
        RunSession session, string pipeline, ModelVersion version, string registry, CancellationToken cancellationToken)
    {
        var images = await ImageList.FindAsync(session.Store, pipeline, version.Number, cancellationToken);
        using var client = await OpenAsync(session, pipeline, registry, cancellationToken);
        var (tag, push) = (Invariant($"v{version.Number}"), new ImagePush(client, session.Store.Blobs));
        if (await ImageList.MakeAsync(session.Store, pipeline, version.Number, images, cancellationToken) is { } list)
        {
            foreach (var (platform, image) in images)
            {
                await SendAsync(platform, image, $"{tag}-{platform.Architecture}");
            }

            var signed = await ImageAttachments.FindAsync(session.Store, list.Name, list.Manifest, cancellationToken);
            await push.SendListAsync(list.Manifest, signed, tag, new OutputProgress(session.Output), cancellationToken);
            await TellAsync($"{client.Address}:{tag} is {list.Manifest}, the list of both", list.Manifest);
        }
        else
        {
            await SendAsync(
                null,
                images.Values.SingleOrDefault() ?? await VersionImage.FindAsync(session.Store, pipeline, version.Number, cancellationToken),
                tag);
        }

        session.Note(Invariant($"{pipeline} {tag}"));

        async Task SendAsync(ImagePlatform? platform, VersionImage image, string place)
        {
            var attached = await ImageAttachments.FindAsync(session.Store, image.Name, image.Manifest, cancellationToken);
            var sent = await push.SendAsync(image.Manifest, attached, place, new OutputProgress(session.Output), cancellationToken);
            await TellAsync(
                Invariant($"{client.Address}:{place} is {image.Manifest}; {sent} of its parts travelled{(platform == null ? "" : $", for {platform}")}"),
                image.Manifest);
        }

        Task TellAsync(string what, Digest image)
        {
            session.Output.Good(what);
            return session.Store.Audit.AppendAsync(
                session.Actor, "push", Invariant($"{pipeline} {tag}"), "asked for",
                new(StringComparer.Ordinal) { ["image"] = image.ToString(), ["registry"] = client.Address.ToString() },
                CancellationToken.None);
        }
    }
}
