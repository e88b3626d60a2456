using System.Diagnostics;
using System.Security.Cryptography;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>
/// Starts server processes that outlive the build: own folder, own log, no inherited handles, no secrets in their environment but
/// what their model needs.
/// </summary>
public sealed class ServerLauncher(ServerProgram program, EnvironmentFolder folder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private IReadOnlyList<JoinedView> _views = [];

    /// <summary>Processes started by this launcher.</summary>
    public int Started { get; private set; }

    /// <summary>Starts a model server for <paramref name="version"/>.</summary>
    public async Task<ServerInstance> ServeAsync(
        string pipeline, int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken)
    {
        // The gateway that is started for it looks them up.
        _views = model.Views;
        var files = Files(
            await folder.CreateAsync(gateway: false, cancellationToken), await program.CommandForAsync(model, cancellationToken));
        return await StartAsync(
            "serve", version, files,
            new ModelServerOptions(files, pipeline, version, model.Model.Path, model.Model.Digest.ToString(), fault)
            {
                Known = model.Known, Origin = model.Origin
            },
            cancellationToken, await model.VariablesAsync(cancellationToken));
    }

    /// <summary>Starts a gateway on <paramref name="port"/> (0: a free one); it goes on with the routes that were in force.</summary>
    public async Task<ServerInstance> RouteAsync(string pipeline, int port, long seed, CancellationToken cancellationToken)
    {
        var files = Files(await folder.CreateAsync(gateway: true, cancellationToken), program.Command);
        var variables = VariablesOf(_views.Concat((folder.Routes()?.Upstreams ?? []).SelectMany(upstream => upstream.Views)));
        return await StartAsync(
            "gateway", 0, files,
            new GatewayOptions(files, pipeline, port, seed, folder.RoutesFile, await folder.FeedbackTokenAsync(cancellationToken))
            {
                Log = new(folder.PredictionsFolder), Telemetry = folder.Telemetry,
                Online = new(folder.OnlineFolder, folder.Name, variables),
            },
            cancellationToken, variables);
    }

    /// <summary>
    /// Whether a gateway has what it needs to look values of feature views up for the version that was started last: one from before has
    /// no place for them, or not the variable that names their store.
    /// </summary>
    public bool Suits(ServerInstance gateway) => _views.Count == 0
        || (File.Exists(gateway.OptionsFile)
            && CanonicalJson.TryDeserialize<GatewayOptions>(File.ReadAllBytes(gateway.OptionsFile))?.Online is { } place
            && VariablesOf(_views).All(place.Variables.Contains));

    /// <summary>The variables that hold connections of the stores in which <paramref name="views"/> are looked up, in order.</summary>
    internal static IReadOnlyList<string> VariablesOf(IEnumerable<JoinedView> views) =>
        [.. views.Select(view => view.Store.Variable).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private ServerFiles Files(string own, ServerCommand command) => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        Path.Combine(own, "ready.json"), Path.Combine(own, "server.log"), command.Program, time.GetUtcNow()) { Host = command.Host };

    private async Task<ServerInstance> StartAsync<TOptions>(
        string role, int version, ServerFiles files, TOptions options, CancellationToken cancellationToken,
        IReadOnlyList<string>? variables = null)
    {
        var own = Path.GetDirectoryName(files.ReadyFile)!;
        using var process = ServerProcess.Start(
            files.Command, role, await EnvironmentFolder.WriteAsync(own, options, cancellationToken), keepsInput: false, variables);
        Started++;
        try
        {
            var ready = await WaitAsync(process, files, cancellationToken);
            return new(files.Id, files.Token, ready.Pid, ready.Port, ready.AdminPort, version, files.Created, own);
        }
        catch (Exception)
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
                throw ServerFailure.From(
                    files.LogFile, File.Exists(files.LogFile) ? await File.ReadAllTextAsync(files.LogFile, cancellationToken) : "");
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return CanonicalJson.Deserialize<ServerReady>(await File.ReadAllBytesAsync(files.ReadyFile, cancellationToken));
    }
}
