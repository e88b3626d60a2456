using System.Diagnostics;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A world with real servers as processes of this machine.</summary>
internal sealed class LocalWorld : DeliveryWorld, IDisposable
{
    private readonly string _folder;

    /// <summary>A world of its own, or, for a build beside this one, the one in <paramref name="folder"/>.</summary>
    public LocalWorld(ServerProgram program, string? folder = null) : base(program, LocalEnvironment.Name, folder)
    {
        _folder = this[""];
        Launcher = new(program, Folder, TimeProvider.System);
        Environment = new LocalEnvironment(TinyModel.Pipeline, Folder, Launcher, Admin, TimeProvider.System);
    }

    public ServerLauncher Launcher { get; }

    public override IEnvironment Environment { get; }

    public override IEnvironment Reopen() =>
        new LocalEnvironment(TinyModel.Pipeline, Folder, new(Program, Folder, TimeProvider.System), Admin, TimeProvider.System);

    public async Task<ServedModel> ModelAsync() => new(
        await TinyModel.StoreAsync(Store, TinyModel.Model(1)), TinyModel.Contract.KnownWhenPredicting,
        RequestContract.Of(TinyModel.Model(1).Fields, TinyModel.Contract.KnownWhenPredicting));

    /// <summary>The upstream of a server that was started here.</summary>
    public static Upstream At(ServerInstance server) => server.Upstream;

    public override Task KillAsync(ServerInstance instance)
    {
        Kill(instance);
        return Task.CompletedTask;
    }

    public static async Task SignalAsync(ServerInstance instance, string signal)
    {
        using var process = Process.Start("kill", [$"-{signal}", $"{instance.Pid}"]);
        await process.WaitForExitAsync();
    }

    /// <summary>Ends the process as the system would: at once.</summary>
    public static void Kill(ServerInstance instance)
    {
        using var process = Process.GetProcessById(instance.Pid);
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public override ValueTask DisposeAsync()
    {
        // Whatever the state file says: our options files, in a folder of our own, are named on their command lines.
        KillAll(_folder);
        return base.DisposeAsync();
    }

    /// <summary>
    /// Kills every process that works in <paramref name="folder"/>, those that a gateway starts again meanwhile among them.
    /// </summary>
    public static void KillAll(string folder)
    {
        for (var pids = PidsOf(folder); pids.Count > 0; pids = PidsOf(folder))
        {
            foreach (var pid in pids)
            {
                try
                {
                    using var process = Process.GetProcessById(pid);
                    process.Kill();
                    process.WaitForExit();
                }
                catch (ArgumentException)
                {
                    // It ended by itself meanwhile.
                }
            }
        }
    }

    /// <summary>Processes whose command line names <paramref name="folder"/>.</summary>
    public static List<int> PidsOf(string folder) =>
        [.. Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && CommandLine(pid).Contains(folder, StringComparison.Ordinal))];

    private static string CommandLine(int pid)
    {
        try
        {
            return System.IO.File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
