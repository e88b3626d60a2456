using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Rehearsal traffic of one deployment: a process of its own that ends with the build at the latest.</summary>
internal sealed class RehearsalTraffic : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private RehearsalTraffic(Process process) => (_process, _folder) = (process, process.StartInfo.WorkingDirectory);

    public static async Task<RehearsalTraffic> StartAsync(
        RehearsalLauncher launcher, int port, Artifact rows, ClassSet? classes, AnswerRating? rating, double rate, long seed,
        CancellationToken cancellationToken) =>
        new(await launcher.StartAsync(port, rows.Path, classes, rating, rate, seed, cancellationToken));

    /// <summary>Ends it; open requests are waited for.</summary>
    public async Task<RehearsalResult?> StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        var result = Path.Combine(_folder, "result.json");
        return File.Exists(result)
            ? CanonicalJson.Deserialize<RehearsalResult>(await File.ReadAllBytesAsync(result, cancellationToken))
            : null;
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
