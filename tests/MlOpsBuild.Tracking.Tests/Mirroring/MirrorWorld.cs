using MlOpsBuild.Store;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

/// <summary>A store beside a server that refuses what MLflow refuses.</summary>
public abstract class MirrorWorld : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected ManualTime Time { get; } = new(Sample.Start);

    protected FakeMlflow Server { get; set; } = null!;

    protected MlOpsStore Store { get; private set; } = null!;

    public async Task InitializeAsync() =>
        (Store, Server) = (MlOpsStore.At(_folder.Path, Time), await FakeMlflow.StartAsync(CancellationToken.None));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Server.Dispose();
        _folder.Dispose();
    }

    private protected Task<MirrorReport> MirrorAsync(params string[] runs) =>
        NewMirror().RunAsync(new([Sample.Pipeline], runs), CancellationToken.None);

    private protected Task<MirrorReport> EverythingAsync() =>
        NewMirror().RunAsync(new([Sample.Pipeline], null), CancellationToken.None);

    private protected Mirror NewMirror() =>
        new(Store, TrackingServer.Parse(Server.Address, "--mlflow", new Dictionary<string, string>()), Time);
}
