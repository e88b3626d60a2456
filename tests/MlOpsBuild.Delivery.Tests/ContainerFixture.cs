using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>One container engine for all tests that need one, and the layers that all images have in common.</summary>
public sealed class ContainerFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private MlOpsStore? _store;
    private DockerEngine? _engine;

    /// <summary>The engine.</summary>
    public DockerEngine Engine => _engine ?? throw new InvalidOperationException(DockerEngine.Missing);

    /// <summary>The program for rehearsal traffic.</summary>
    public ServerProgram Program { get; private set; } = null!;

    /// <summary>The server in all images.</summary>
    public ImageServer Server { get; private set; } = null!;

    /// <summary>The layers below the model's.</summary>
    public IReadOnlyList<ImageLayer> Layers { get; private set; } = [];

    /// <summary>Lends the layers to a store: all images share their bytes.</summary>
    public void Lend(MlOpsStore store)
    {
        foreach (var layer in Layers.Where(layer => !File.Exists(store.Blobs.PathOf(layer.Digest))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store.Blobs.PathOf(layer.Digest))!);
            File.CreateSymbolicLink(store.Blobs.PathOf(layer.Digest), _store!.Blobs.PathOf(layer.Digest));
        }
    }

    public async Task InitializeAsync()
    {
        var server = Path.Combine(AppContext.BaseDirectory, "mlops-server");
        Program = await ServerProgram.InstallAsync(server, _folder.Path, CancellationToken.None);
        if (DockerEngine.Missing == null)
        {
            _store = MlOpsStore.At(_folder["images"], TimeProvider.System);
            (Server, Layers) = await TinyImage.LowerLayersAsync(_store, server);
            _engine = await DockerEngine.StartAsync();
        }
    }

    public async Task DisposeAsync() => await (_engine?.DisposeAsync() ?? ValueTask.CompletedTask);

    public void Dispose() => _folder.Dispose();
}
