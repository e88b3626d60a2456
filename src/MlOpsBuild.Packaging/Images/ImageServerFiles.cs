using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Servers;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// Gathers the server of an image: the native program where there is one and the model lets it, else the program with the
/// runtime that is installed here.
/// </summary>
/// <param name="files">Reads the files.</param>
/// <param name="serverFolder">Where the server program lies.</param>
public sealed class ImageServerFiles(ImageFiles files, string serverFolder)
{
    /// <summary>The server.</summary>
    /// <param name="scorer">The assembly that scores the model; null where the server itself does.</param>
    /// <param name="onHost">Whether the lowest layer is made of this machine's libraries.</param>
    /// <param name="platform">The kind of machine that runs it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">The runtime or a library is not here, or none for that kind of machine.</exception>
    public async Task<ImageServer> ReadAsync(string? scorer, bool onHost, ImagePlatform platform, CancellationToken cancellationToken)
    {
        if (scorer == null && await NativeServer.FindAsync(serverFolder, platform.Machine, cancellationToken) is { } native)
        {
            IReadOnlyList<LayerEntry> program =
                [await files.ProgramAsync($"{ImageStage.ServerFolder}/{NativeServer.ProgramName}", native.Program, cancellationToken)];
            return new(
                [$"/{program[0].Path}"], native.Runtime,
                await LayersAsync([new(ImageServer.ServerLayer, program)], onHost, cancellationToken))
            {
                Compiled = await files.AssembliesAsync(serverFolder, program[0].Path, cancellationToken),
            };
        }

        if (!platform.IsOurs)
        {
            throw new StageFailedException(scorer == null
                ? new(
                    "MLB3011", "No server for that kind of machine", $"--platforms {platform}", null, "a native server",
                    $"in the repository that holds the server: ./build.sh PublishServer --platforms {platform}")
                : new(
                    "MLB3012", "The model's library is compiled for this kind of machine only", $"--platforms {platform}", scorer,
                    ImagePlatform.Ours.ToString(), "make that image on such a machine"));
        }

        var runtime = await files.RuntimeAsync(SharedRuntime.Root, Environment.Version, cancellationToken);
        var server = await files.ServerAsync(serverFolder, scorer, cancellationToken);
        return new(
            [SharedRuntime.Runner, $"/{ImageStage.ServerFolder}/mlops-server.dll"], Environment.Version.ToString(),
            await LayersAsync([new(ImageServer.RuntimeLayer, runtime), new(ImageServer.ServerLayer, server)], onHost, cancellationToken));
    }

    private async Task<List<KeyValuePair<string, IReadOnlyList<LayerEntry>>>> LayersAsync(
        List<KeyValuePair<string, IReadOnlyList<LayerEntry>>> upper, bool onHost, CancellationToken cancellationToken) =>
        onHost
            ? [new(ImageServer.BaseLayer, await files.HostBaseAsync(upper.SelectMany(layer => layer.Value), cancellationToken)), .. upper]
            : upper;
}
