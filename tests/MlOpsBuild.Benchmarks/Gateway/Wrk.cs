using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>Debian's wrk: connections that ask one after the other.</summary>
internal sealed partial class Wrk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-wrk-").FullName;

    public Wrk() => File.WriteAllText(
        Script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{ServedProject.Row}]]\n");

    private string Script => Path.Combine(_folder, "post.lua");

    /// <summary>Requests answered in a second; fails when one was answered with an error.</summary>
    public async Task<double> RunAsync(int port, string duration, CancellationToken cancellationToken, int connections = 16)
    {
        var output = await Timed.ReadAsync(
            _folder, "wrk",
            
            [
                "-t1", string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), $"-d{duration}", "-s", Script,
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/predict")
            ],
            cancellationToken);
        return !output.Contains("Non-2xx", StringComparison.Ordinal) && !output.Contains("Socket errors", StringComparison.Ordinal)
            ? double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
