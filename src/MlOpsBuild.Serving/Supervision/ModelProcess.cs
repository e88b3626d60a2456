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
            var line = files.Command.Line("serve", _options, upstream.Port.ToString(CultureInfo.InvariantCulture));
            var start = new ProcessStartInfo(line[0], line.Skip(1))
            {
                WorkingDirectory = Path.GetDirectoryName(_options)!,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment.Remove(GatewayOptions.ProfileVariable);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or System.Text.Json.JsonException
            or System.ComponentModel.Win32Exception)
        {
            log.Write($"v{upstream.Version} cannot be started again: {problem.Message}");
        }
    }

    // One that was started again has not told its new id yet.
    private Process? Find()
    {
        var ready = File.Exists(ReadyFile) ? CanonicalJson.TryDeserialize<ServerReady>(File.ReadAllBytes(ReadyFile)) : null;
        return OwnProcess.Find(ready?.Pid ?? 0, _options, DateTimeOffset.MinValue) ?? OwnProcess.Find(0, _options, DateTimeOffset.MinValue);
    }
}
