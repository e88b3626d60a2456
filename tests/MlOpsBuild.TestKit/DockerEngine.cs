using System.Diagnostics;
using System.Text;

namespace MlOpsBuild.TestKit;

/// <summary>
/// Debian's Docker engine with a root of its own, on a socket of its own; it takes no part of this machine's firewall, and leaves nothing.
/// </summary>
public sealed class DockerEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder;
    private readonly StringBuilder _log;
    private readonly Process _process;

    private DockerEngine(TemporaryFolder folder, Process process, StringBuilder log) => (_folder, _process, _log) = (folder, process, log);

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = ProgramOnPath.Find("dockerd") is null ? "dockerd is not installed"
        : Environment.IsPrivilegedProcess ? null : "dockerd can only be started by root";

    /// <summary>Where it listens, as clients of Docker are told.</summary>
    public string Host => $"unix://{_folder["docker.sock"]}";

    /// <summary>Starts it and returns when it answers.</summary>
    public static async Task<DockerEngine> StartAsync()
    {
        var folder = new TemporaryFolder();
        var log = new StringBuilder();
        var process = new Process
        {
            StartInfo = new(ProgramOnPath.Find("dockerd")!,
            [
                "--host", $"unix://{folder["docker.sock"]}", "--data-root", folder["data"], "--exec-root", folder["exec"], "--pidfile",
                folder["pid"], "--iptables=false", "--bridge=none",
            ])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Note(log, line.Data);
        process.ErrorDataReceived += (_, line) => Note(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var engine = new DockerEngine(folder, process, log);
        try
        {
            for (var started = Stopwatch.StartNew(); (await engine.RunAsync("version")).Code != 0;)
            {
                if (process.HasExited || started.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"dockerd does not answer\n{log}");
                }

                await Task.Delay(50);
            }

            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs <c>docker</c> with <paramref name="arguments"/> and gives all that it says.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(ProgramOnPath.Find("docker")!, ["--host", Host, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            var (_, containers) = await RunAsync("ps", "--all", "--quiet");
            foreach (var container in containers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                await RunAsync("rm", "--force", container);
            }

            // A network is an interface of this machine that would stay.
            await RunAsync("network", "prune", "--force");

            // Asked to end, it ends its own helpers too.
            using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await stop.WaitForExitAsync();
            }

            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        // The network of the machine stays mounted when the engine is gone.
        foreach (var mount in File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' ')[1])
            .Where(path => path.StartsWith(_folder.Path, StringComparison.Ordinal))
            .ToList())
        {
            using var unmount = Process.Start("umount", [mount]);
            await unmount.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static void Note(StringBuilder log, string? line)
    {
        lock (log)
        {
            log.AppendLine(line);
        }
    }
}
