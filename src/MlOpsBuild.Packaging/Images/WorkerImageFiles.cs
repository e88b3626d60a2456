namespace MlOpsBuild.Packaging.Images;

/// <summary>Gathers the worker of an image: the build program, with the runtime that is installed here.</summary>
/// <param name="files">Reads the files.</param>
public sealed class WorkerImageFiles(ImageFiles files)
{
    private const string Worker = "worker";

    /// <summary>The worker.</summary>
    /// <param name="folder">Where the build program lies.</param>
    /// <param name="assembly">The file in it that is run.</param>
    /// <param name="onHost">Whether the lowest layer is made of this machine's libraries.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Core.StageFailedException">The runtime or a library is not here.</exception>
    public async Task<ImageServer> ReadAsync(string folder, string assembly, bool onHost, CancellationToken cancellationToken)
    {
        var runtime = await files.RuntimeAsync(SharedRuntime.Root, Environment.Version, cancellationToken);
        var program = await files.BuildProgramAsync(folder, cancellationToken);
        List<KeyValuePair<string, IReadOnlyList<LayerEntry>>> layers = [new(ImageServer.RuntimeLayer, runtime), new(Worker, program)];
        if (onHost)
        {
            layers.Insert(0, new(
                $"{Worker}-{ImageServer.BaseLayer}",
                [.. await files.HostBaseAsync([.. runtime, .. program], cancellationToken), .. await files.ZonesAsync(cancellationToken)]));
        }

        return new([SharedRuntime.Runner, $"/{WorkerImageStage.ProgramFolder}/{assembly}"], Environment.Version.ToString(), layers);
    }
}
