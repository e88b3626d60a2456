using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Rehearsal traffic of one deployment: a process of its own that ends with the build at the latest.</summary>
internal sealed class RehearsalTraffic : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly string _result;

    private RehearsalTraffic(Process process, string result)
    {
        _process = process;
        _result = result;
        _folder = process.StartInfo.WorkingDirectory;
    }

    public static async Task<RehearsalTraffic> StartAsync(ServerLauncher launcher, string folder, int port, Artifact rows, double rate, long seed, CancellationToken cancellationToken)
    {
        var result = Path.Combine(folder, $"rehearsal-{Guid.NewGuid():N}.json");
        return new(await launcher.RehearseAsync(new(port, rows.Path, rate, seed, result), cancellationToken), result);
    }

    /// <summary>Ends it; open requests are waited for.</summary>
    public async Task<RehearsalResult?> StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        if (!File.Exists(_result))
        {
            return null;
        }

        var result = CanonicalJson.Deserialize<RehearsalResult>(await File.ReadAllBytesAsync(_result, cancellationToken));
        File.Delete(_result);
        return result;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
