using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Tests;

/// <summary>A checkout of its own with a store, a runtime folder and an environment, all of which end with it.</summary>
internal abstract class DeliveryWorld : IAsyncDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly string _folder;

    /// <summary>A world of its own, or, for a build beside this one, the one in <paramref name="folder"/>.</summary>
    protected DeliveryWorld(ServerProgram program, string environment, string? folder)
    {
        _own = folder == null ? new() : null;
        _folder = folder ?? _own!.Path;
        Program = program;
        Directory.CreateDirectory(this["run"]);
        Store = MlOpsStore.At(this["checkout"], TimeProvider.System);
        Variables = new() { ["XDG_RUNTIME_DIR"] = this["run"] };
        Folder = new(this["checkout"], TinyModel.Pipeline, environment, Variables);
    }

    /// <summary>Environment variables of its builds.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>Decides after about a second; nothing is slow unless a fault makes it so.</summary>
    public static CanaryPolicy Policy { get; } = new()
    {
        Steps = [50], RequestsPerStep = 50, MinimumCanaryRequests = 80, MaximumRequests = 6000, ToleratedRate = 0.05,
        SlowAfter = TimeSpan.FromSeconds(5), RehearsalRate = 300,
    };

    public MlOpsStore Store { get; }

    public EnvironmentFolder Folder { get; }

    public AdminClient Admin { get; } = new();

    public RehearsalLauncher Rehearsals => new(Program, Folder);

    /// <summary>The environment as one build sees it.</summary>
    public abstract IEnvironment Environment { get; }

    public static RouteChange Change { get; } = new(
        "change", RouteChangeKind.Trial, null, null, "tester", "a test", DateTimeOffset.UnixEpoch);

    protected ServerProgram Program { get; }

    public string this[string relative] => Path.Combine(_folder, relative);

    /// <summary>The environment as a build that has started nothing yet sees it.</summary>
    public abstract IEnvironment Reopen();

    public virtual Task<ModelVersion> RegisterAsync(int variant) => TinyModel.RegisterAsync(Store, variant);

    /// <summary>Ends a server as the system would: at once, without asking.</summary>
    public abstract Task KillAsync(ServerInstance instance);

    /// <summary>Registers a version and starts a server for it.</summary>
    public async Task<ServerInstance> StartAsync(int variant) => await StartAsync(await RegisterAsync(variant));

    /// <summary>Starts a server for a version.</summary>
    public async Task<ServerInstance> StartAsync(ModelVersion version) =>
        await Environment.StartAsync(
            version.Number, await ServedModel.OfAsync(Store, version, CancellationToken.None), null, CancellationToken.None);

    /// <summary>Changes the routes from whatever is in force.</summary>
    public async Task<RouteTable> RouteAsync(Func<RouteTable, RouteTable> change) =>
        (await Environment.ChangeAsync(null, routes => change(routes) with { Change = Change }, 0, 1, CancellationToken.None))
            .ShouldNotBeNull();

    /// <summary>Puts a version in place as a deployment would, without trying it.</summary>
    public async Task<ModelVersion> PutInPlaceAsync(int variant)
    {
        var version = await RegisterAsync(variant);
        var before = (await ObserveAsync()).Routes?.Baseline;
        var alias = EnvironmentAlias.Of(Environment.Name);
        var champion = await Store.Versions(TinyModel.Pipeline).ResolveAsync(alias, CancellationToken.None);
        var server = await StartAsync(version);
        await RouteAsync(_ => new() { Baseline = server.Upstream, Warm = before == null ? [] : [before] });
        await Store.Versions(TinyModel.Pipeline)
            .MoveAsync(alias, champion?.Number, version.Number, AliasMoveKind.Promote, "tester", "put in place", CancellationToken.None);
        return version;
    }

    public Task<Observation> ObserveAsync() => Environment.ObserveAsync(CancellationToken.None);

    /// <summary>Deploys as a build of its own would: one that has started nothing yet.</summary>
    public Task<DeploymentRecord> DeployAsync(
        ModelVersion version, CanaryPolicy? policy = null, FaultOptions? fault = null, IProgress<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        DeployAsync(
            new DeploymentRequest(TinyModel.Pipeline, version, policy ?? Policy, RowLoss.SquaredError, 7, "tester") { Fault = fault },
            progress, cancellationToken);

    public async Task<DeploymentRecord> DeployAsync(
        DeploymentRequest request, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var environment = Reopen();
        using var _ = environment as IDisposable;
        return await new Deployer(Store, environment, Rehearsals, Admin, TimeProvider.System)
            .RunAsync(request, progress ?? new Heard(), cancellationToken);
    }

    public Task<RollbackResult> RollBackAsync(string reason = "complaints", IProgress<string>? progress = null) =>
        new Rollback(Store, Environment, TimeProvider.System)
            .RunAsync(
                TinyModel.Pipeline, "on call", reason, TimeProvider.System.GetTimestamp(), progress ?? new Heard(), CancellationToken.None);

    /// <summary>The version that answers a caller now.</summary>
    public async Task<string> AskAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("""{"temperature": 1.5}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{(await ObserveAsync()).Gateway!.Port}/predict"), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues(ServerHeaders.Version).Single();
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        Admin.Dispose();
        _own?.Dispose();
        return ValueTask.CompletedTask;
    }
}
