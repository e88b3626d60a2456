using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A checkout of its own with a store, a runtime folder and real servers, all of which end with it.</summary>
internal sealed class LocalWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServerProgram _program;

    public LocalWorld(ServerProgram program)
    {
        _program = program;
        Directory.CreateDirectory(_folder["run"]);
        Store = MlOpsStore.At(_folder["checkout"], TimeProvider.System);
        File = new(_folder["checkout"], TinyModel.Pipeline, LocalEnvironment.Name, new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder["run"] });
        Launcher = new(program, File.Folder, TimeProvider.System);
        Environment = new(TinyModel.Pipeline, File, Launcher, Admin, TimeProvider.System);
    }

    /// <summary>Decides after about a second; nothing is slow unless a fault makes it so.</summary>
    public static CanaryPolicy Policy { get; } = new()
    {
        Steps = [50], RequestsPerStep = 50, MinimumCanaryRequests = 80, MaximumRequests = 6000, ToleratedRate = 0.05, SlowAfter = TimeSpan.FromSeconds(5), RehearsalRate = 300,
    };

    public MlOpsStore Store { get; }

    public LocalStateFile File { get; }

    public AdminClient Admin { get; } = new();

    public ServerLauncher Launcher { get; }

    public LocalEnvironment Environment { get; }

    public string this[string relative] => _folder[relative];

    public Task<ModelVersion> RegisterAsync(int variant) => TinyModel.RegisterAsync(Store, variant);

    public Task<Artifact> ModelAsync() => TinyModel.StoreAsync(Store, TinyModel.Model(1));

    public Task<Observation> ObserveAsync() => Environment.ObserveAsync(CancellationToken.None);

    /// <summary>Deploys as a build of its own would: with a launcher that has started nothing yet.</summary>
    public async Task<DeploymentRecord> DeployAsync(
        ModelVersion version, CanaryPolicy? policy = null, FaultOptions? fault = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var launcher = new ServerLauncher(_program, File.Folder, TimeProvider.System);
        var environment = new LocalEnvironment(TinyModel.Pipeline, File, launcher, Admin, TimeProvider.System);
        return await new Deployer(Store, environment, File, launcher, Admin, TimeProvider.System).RunAsync(
            new(TinyModel.Pipeline, version, policy ?? Policy, 7, 0, fault, MovesAliases: true, "tester"), progress ?? new Heard(), cancellationToken);
    }

    /// <summary>Ends the process as the system would: at once.</summary>
    public static void Kill(ServerInstance instance)
    {
        using var process = Process.GetProcessById(instance.Pid);
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        // Whatever the state file says: our options files, in a folder of our own, are named on their command lines.
        foreach (var pid in PidsOf(_folder.Path))
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

        Admin.Dispose();
        _folder.Dispose();
    }

    /// <summary>Processes whose command line names <paramref name="folder"/>.</summary>
    public static List<int> PidsOf(string folder) =>
        [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0).Where(pid => pid > 0 && CommandLine(pid).Contains(folder, StringComparison.Ordinal))];

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
