using System.Diagnostics;
using System.Security.Cryptography;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Starts server processes that outlive the build: own folder, own log, no inherited handles, no secrets in their environment.</summary>
public sealed class ServerLauncher(ServerProgram program, string runtimeFolder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly string[] Kept = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "SystemRoot", "TEMP"];

    /// <summary>Processes started by this launcher.</summary>
    public int Started { get; private set; }

    /// <summary>Starts a model server for <paramref name="version"/>.</summary>
    public Task<ServerInstance> ServeAsync(string pipeline, int version, Artifact model, FaultOptions? fault, CancellationToken cancellationToken) =>
        StartAsync("serve", version, files => new ModelServerOptions(files, pipeline, version, model.Path, model.Digest.ToString(), fault), cancellationToken);

    /// <summary>Starts a gateway on <paramref name="port"/> (0: a free one).</summary>
    public Task<ServerInstance> RouteAsync(string pipeline, int port, long seed, RouteTable routes, CancellationToken cancellationToken) =>
        StartAsync("gateway", 0, files => new GatewayOptions(files, pipeline, port, seed, routes), cancellationToken);

    /// <summary>Starts rehearsal traffic; it ends when the returned process's standard input is closed.</summary>
    public async Task<Process> RehearseAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        Started++;
        return Start("rehearse", await WriteOptionsAsync(Folder(), options, cancellationToken), redirectInput: true);
    }

    private async Task<ServerInstance> StartAsync<TOptions>(string role, int version, Func<ServerFiles, TOptions> options, CancellationToken cancellationToken)
    {
        var folder = Folder();
        var files = new ServerFiles(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            Path.Combine(folder, "ready.json"), Path.Combine(folder, "server.log"));
        var started = time.GetUtcNow();
        using var process = Start(role, await WriteOptionsAsync(folder, options(files), cancellationToken), redirectInput: false);
        Started++;
        try
        {
            var ready = await WaitAsync(process, files, cancellationToken);
            return new(files.Id, files.Token, ready.Pid, ready.Port, ready.AdminPort, version, started, program.Digest, folder);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private async Task<ServerReady> WaitAsync(Process process, ServerFiles files, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!File.Exists(files.ReadyFile))
        {
            if (process.HasExited || time.GetElapsedTime(started) > Patience)
            {
                var log = File.Exists(files.LogFile) ? await File.ReadAllTextAsync(files.LogFile, cancellationToken) : "";
                if (!process.HasExited)
                {
                    process.Kill();
                }

                throw ServerFailure.From(files.LogFile, log);
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return CanonicalJson.Deserialize<ServerReady>(await File.ReadAllBytesAsync(files.ReadyFile, cancellationToken));
    }

    private Process Start(string role, string optionsFile, bool redirectInput)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { program.Assembly, role, optionsFile },
            WorkingDirectory = Path.GetDirectoryName(optionsFile)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        var kept = Kept.Where(start.Environment.ContainsKey)
            .Select(name => KeyValuePair.Create(name, start.Environment[name])).ToList();
        start.Environment.Clear();
        kept.ForEach(variable => start.Environment[variable.Key] = variable.Value);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        var process = Process.Start(start)!;
        if (!redirectInput)
        {
            process.StandardInput.Close();
        }

        return process;
    }

    private string Folder()
    {
        var folder = Path.Combine(runtimeFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static async Task<string> WriteOptionsAsync<T>(string folder, T options, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "options.json");
        await PrivateFile.WriteAsync(path, CanonicalJson.Serialize(options), cancellationToken);
        return path;
    }
}
