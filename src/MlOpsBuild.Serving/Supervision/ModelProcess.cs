using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Supervision;

/// <summary>The process behind an upstream: its command line names its options file, which proves that it is ours.</summary>
internal sealed class ModelProcess(Upstream upstream)
{
    private readonly string _options = upstream.OptionsFile!;

    private string ReadyFile => Path.Combine(Path.GetDirectoryName(_options)!, "ready.json");

    public bool IsRunning()
    {
        using var process = Find();
        return process != null;
    }

    /// <summary>Ends what hangs and starts it again on the port it had.</summary>
    public void StartAgain(ServerLog log)
    {
        using (var hanging = Find())
        {
            hanging?.Kill();
            hanging?.WaitForExit();
        }

        try
        {
            var files = CanonicalJson.Deserialize<ModelServerOptions>(File.ReadAllBytes(_options)).Files;
            var start = new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList = { files.Program, "serve", _options, upstream.Port.ToString(CultureInfo.InvariantCulture) },
                WorkingDirectory = Path.GetDirectoryName(_options)!,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment.Remove(GatewayOptions.ProfileVariable);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or System.ComponentModel.Win32Exception)
        {
            log.Write($"v{upstream.Version} cannot be started again: {problem.Message}");
        }
    }

    private Process? Find()
    {
        try
        {
            var ready = File.Exists(ReadyFile) ? CanonicalJson.Deserialize<ServerReady>(File.ReadAllBytes(ReadyFile)) : null;
            var process = ready == null ? null : Process.GetProcessById(ready.Pid);
            if (process is { HasExited: false } && (!OperatingSystem.IsLinux() || File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(_options, StringComparison.Ordinal)))
            {
                return process;
            }

            process?.Dispose();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IOException or System.Text.Json.JsonException)
        {
            // It is gone.
        }

        return null;
    }
}
