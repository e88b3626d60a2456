using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>The real server program, installed once for all tests.</summary>
public sealed class InstalledServer : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The program to start.</summary>
    public ServerProgram Program { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Program = await ServerProgram.InstallAsync(
            Path.Combine(AppContext.BaseDirectory, "mlops-server"), _folder.Path, CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
