using System.Diagnostics;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A checkout of its own with a store, a runtime folder and real servers, all of which end with it.</summary>
internal sealed class LocalWorld : IDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly string _folder;
    private readonly ServerProgram _program;

    /// <summary>A world of its own, or, for a build beside this one, the one in <paramref name="folder"/>.</summary>
    public LocalWorld(ServerProgram program, string? folder = null)
    {
        _own = folder == null ? new() : null;
        _folder = folder ?? _own!.Path;
        _program = program;
        Directory.CreateDirectory(this["run"]);
        Store = MlOpsStore.At(this["checkout"], TimeProvider.System);
        Folder = new(this["checkout"], TinyModel.Pipeline, LocalEnvironment.Name, new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = this["run"] });
        Launcher = new(program, Folder, TimeProvider.System);
        Environment = new(TinyModel.Pipeline, Folder, Launcher, Admin, TimeProvider.System);
    }

    /// <summary>Decides after about a second; nothing is slow unless a fault makes it so.</summary>
    public static CanaryPolicy Policy { get; } = new()
    {
        Steps = [50], RequestsPerStep = 50, MinimumCanaryRequests = 80, MaximumRequests = 6000, ToleratedRate = 0.05, SlowAfter = TimeSpan.FromSeconds(5), RehearsalRate = 300,
    };

    public MlOpsStore Store { get; }

    public EnvironmentFolder Folder { get; }

    public AdminClient Admin { get; } = new();

    public ServerLauncher Launcher { get; }

    public LocalEnvironment Environment { get; }

    public string this[string relative] => Path.Combine(_folder, relative);

    public Task<ModelVersion> RegisterAsync(int variant) => TinyModel.RegisterAsync(Store, variant);

    public async Task<ServedModel> ModelAsync() => new(
        await TinyModel.StoreAsync(Store, TinyModel.Model(1)), TinyModel.Contract.KnownWhenPredicting, RequestContract.Of(TinyModel.Model(1).Fields, TinyModel.Contract.KnownWhenPredicting));

    /// <summary>The upstream of a server that was started here.</summary>
    public static Upstream At(ServerInstance server) => new(server.Version, server.Port, server.OptionsFile);

    /// <summary>Changes the routes from whatever is in force.</summary>
    public async Task<RouteTable> RouteAsync(Func<RouteTable, RouteTable> change) => (await Environment.ChangeAsync(null, routes => change(routes) with { Change = Change }, 0, 1, CancellationToken.None)).ShouldNotBeNull();

    public static RouteChange Change { get; } = new("change", RouteChangeKind.Trial, null, null, "tester", "a test", DateTimeOffset.UnixEpoch);

    /// <summary>Puts a version in place as a deployment would, without trying it.</summary>
    public async Task<ModelVersion> PutInPlaceAsync(int variant)
    {
        var version = await RegisterAsync(variant);
        var before = (await ObserveAsync()).Routes?.Baseline;
        var champion = await Store.Versions(TinyModel.Pipeline).ResolveAsync(Deployer.Champion, CancellationToken.None);
        var server = await Environment.StartAsync(version.Number, await ModelAsync(), null, CancellationToken.None);
        await RouteAsync(_ => new() { Baseline = At(server), Warm = before == null ? [] : [before] });
        await Store.Versions(TinyModel.Pipeline).MoveAsync(Deployer.Champion, champion?.Number, version.Number, AliasMoveKind.Promote, "tester", "put in place", CancellationToken.None);
        return version;
    }

    public Task<Observation> ObserveAsync() => Environment.ObserveAsync(CancellationToken.None);

    /// <summary>Deploys as a build of its own would: with a launcher that has started nothing yet.</summary>
    public Task<DeploymentRecord> DeployAsync(
        ModelVersion version, CanaryPolicy? policy = null, FaultOptions? fault = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        DeployAsync(new DeploymentRequest(TinyModel.Pipeline, version, policy ?? Policy, RowLoss.SquaredError, 7, "tester") { Fault = fault }, progress, cancellationToken);

    public async Task<DeploymentRecord> DeployAsync(DeploymentRequest request, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var launcher = new ServerLauncher(_program, Folder, TimeProvider.System);
        var environment = new LocalEnvironment(TinyModel.Pipeline, Folder, launcher, Admin, TimeProvider.System);
        return await new Deployer(Store, environment, Folder, launcher, Admin, TimeProvider.System).RunAsync(request, progress ?? new Heard(), cancellationToken);
    }

    public Task<RollbackResult> RollBackAsync(string reason = "complaints", IProgress<string>? progress = null) => new Rollback(Store, Environment, Folder, TimeProvider.System)
        .RunAsync(TinyModel.Pipeline, "on call", reason, TimeProvider.System.GetTimestamp(), progress ?? new Heard(), CancellationToken.None);

    /// <summary>The version that answers a caller now.</summary>
    public async Task<string> AskAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("""{"temperature": 1.5}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri((await ObserveAsync()).Address!, "predict"), content);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues(ServerHeaders.Version).Single();
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
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

    public void Dispose()
    {
        // Whatever the state file says: our options files, in a folder of our own, are named on their command lines.
        KillAll(_folder);
        Admin.Dispose();
        _own?.Dispose();
    }

    /// <summary>Kills every process that works in <paramref name="folder"/>, those that a gateway starts again meanwhile among them.</summary>
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
