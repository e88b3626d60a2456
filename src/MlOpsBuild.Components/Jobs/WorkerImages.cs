using System.Reflection;
using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Images;
using static System.FormattableString;

namespace MlOpsBuild.Components.Jobs;

/// <summary>The running build program → an image in the registry, by whose digest a cluster's nodes run it.</summary>
internal static class WorkerImages
{
    /// <summary>The repository below that of the team in which workers, what they read and what they give is kept.</summary>
    public const string Place = "jobs";

    /// <summary>Makes the image and sends what of it the registry lacks; how nodes name it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="on">The image that it stands on, by digest; null for this machine's own C library.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="progress">Told of each part.</param>
    /// <param name="cancellationToken">Ends it; nothing is named then.</param>
    public static async Task<string> SendAsync(
        RunSession session, string? on, string registry, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var program = Assembly.GetEntryAssembly()?.Location is { Length: > 0 } path ? Path.GetFileName(path)
            : throw new StageFailedException(new Finding(
                "MLB7175", "The build program is not one that jobs can run", session.ProgramFolder, "one file", "a folder with assemblies",
                "start the build by build.sh, not as a single-file program"));
        var digests = new FileDigests(Path.Combine(session.Store.Folder, "cache", "sources.index"), session.Time);
        var files = new ImageFiles(session.Store.Blobs, digests, Path.DirectorySeparatorChar.ToString());
        var worker = await new WorkerImageFiles(files).ReadAsync(session.ProgramFolder, program, onHost: on == null, cancellationToken);
        List<ImageLayer> layers = on == null
            ? []
            : [.. await ImageTransfer.PullAsync(session, on, ImagePlatform.Ours, progress, cancellationToken)];
        foreach (var (name, entries) in worker.Layers)
        {
            var layer = await session.Store.Stages(Place)
                .RunAsync(new LayerStage(name), entries, SilentProgress.Instance, cancellationToken);
            layers.Add(new(layer.Outputs[LayerStage.LayerFile].Digest, layer.Result));
        }

        await digests.SaveAsync(cancellationToken);
        var image = (await session.Store.Stages(Place).RunAsync(
            new WorkerImageStage(),
            new WorkerImageInput(layers, worker.Command, ImagePlatform.Ours.Architecture),
            SilentProgress.Instance, cancellationToken)).Result;
        using var client = await ImageTransfer.OpenAsync(session, Place, registry, cancellationToken);
        var sent = await new ImagePush(client, session.Store.Blobs)
            .SendAsync(image, ImageAttachments.None, $"build-{image.Abbreviated}", progress, cancellationToken);
        progress.Report(Invariant(
            $"the image of this build, {image.Abbreviated}: {sent} of its {layers.Count + 1} parts travelled to {client.Address}"));
        return $"{ImageTransfer.PlaceOf(registry, Place)}@{image}";
    }
}
