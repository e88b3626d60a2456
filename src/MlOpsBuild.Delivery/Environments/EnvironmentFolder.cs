using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>
/// Processes and tokens of one pipeline in one environment of a checkout: mode 0700, under the user's runtime folder and never in the
/// store, since they mean nothing elsewhere and must not be shared. A server's folder is written before its process is started, so that
/// no process is ever unknown, whatever happens to the build that started it.
/// </summary>
public sealed class EnvironmentFolder
{
    private const string Options = "options.json";
    private readonly string _root;
    private readonly IReadOnlyDictionary<string, string> _variables;

    /// <summary>
    /// The folder of <paramref name="pipeline"/> on <paramref name="environment"/> of the checkout at <paramref name="root"/>.
    /// </summary>
    public EnvironmentFolder(string root, string pipeline, string environment, IReadOnlyDictionary<string, string> variables)
    {
        _root = root;
        Runtime = RuntimeFolder.Of(root, variables);
        Name = $"{pipeline}.{environment}";
        Path = System.IO.Path.Combine(Runtime, Name);
        _variables = variables;
    }

    /// <summary>
    /// Where the gateway's metrics go, by the variables of whoever starts it; null for nowhere, also where they cannot be used: no rollback
    /// waits for somebody to mend them, and the build tells of them anyway.
    /// </summary>
    public OtlpSettings? Telemetry => OtlpSettings.TryOf("metrics", name => _variables.GetValueOrDefault(name), _ => { });

    /// <summary>The value of a variable of the environment; empty where it is not set.</summary>
    internal string Variable(string name) => _variables.GetValueOrDefault(name) ?? "";

    /// <summary>A name of the checkout: no two on a machine have the same.</summary>
    public string Checkout => RuntimeFolder.NameOf(_root);

    /// <summary>Its name: pipeline and environment.</summary>
    public string Name { get; }

    /// <summary>The folder; it exists while something runs or is left over.</summary>
    public string Path { get; }

    /// <summary>The routes in force, as the gateway keeps them.</summary>
    public string RoutesFile => System.IO.Path.Combine(Path, "routes.json");

    /// <summary>The token of <c>/feedback</c>.</summary>
    public string FeedbackTokenFile => System.IO.Path.Combine(Path, "feedback-token");

    /// <summary>Predictions that were answered, for monitoring: beside the store, so that they outlive what serves.</summary>
    public string PredictionsFolder => System.IO.Path.Combine(_root, ".mlops", "predictions", Name);

    /// <summary>The newest values of feature views, where they are files: likewise.</summary>
    public string OnlineFolder => System.IO.Path.Combine(_root, ".mlops", "features", Name);

    /// <summary>Where the container engine listened when something was started in it; null when nothing was.</summary>
    public Uri? Engine => Contained()?.Engine;

    private string Runtime { get; }

    private string ContainedFile => System.IO.Path.Combine(Path, "container.json");

    private string GatewayFolder => System.IO.Path.Combine(Path, "gateway");

    private string ServersFolder => System.IO.Path.Combine(Path, "servers");

    /// <summary>Pipelines with a folder on <paramref name="environment"/>, from the names alone.</summary>
    public static IReadOnlyList<string> Pipelines(string root, string environment, IReadOnlyDictionary<string, string> variables)
    {
        var (runtime, ending) = (RuntimeFolder.Of(root, variables), $".{environment}");
        return Directory.Exists(runtime)
            ? [.. Directory.GetDirectories(runtime, "*" + ending)
                .Select(folder => System.IO.Path.GetFileName(folder)[..^ending.Length])
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Model servers, oldest first; whether they live is always asked of them.</summary>
    public IReadOnlyList<ServerInstance> Servers() => Directory.Exists(ServersFolder)
        ? [.. Directory.GetDirectories(ServersFolder)
            .Select(Read)
            .OfType<ServerInstance>()
            .OrderBy(server => server.Created)
            .ThenBy(server => server.Id, StringComparer.Ordinal)]
        : [];

    /// <summary>The gateway, or null where none was ever started.</summary>
    public ServerInstance? Gateway() => Read(GatewayFolder);

    /// <summary>The routes the gateway kept last; null where there are none, or they cannot be read.</summary>
    public RouteTable? Routes() => File.Exists(RoutesFile) ? CanonicalJson.TryDeserialize<RouteTable>(File.ReadAllBytes(RoutesFile)) : null;

    /// <summary>The token of <c>/feedback</c>, made at the first call.</summary>
    public async Task<string> FeedbackTokenAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(FeedbackTokenFile))
        {
            await KeepFeedbackTokenAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), cancellationToken);
        }

        return await File.ReadAllTextAsync(FeedbackTokenFile, cancellationToken);
    }

    /// <summary>The gateway that runs in a container, as far as it is remembered here.</summary>
    internal ContainedGateway? Contained() =>
        File.Exists(ContainedFile) ? CanonicalJson.TryDeserialize<ContainedGateway>(File.ReadAllBytes(ContainedFile)) : null;

    /// <summary>Remembers a gateway that runs in a container, and the token that it takes labels with.</summary>
    internal async Task RememberAsync(ContainedGateway gateway, CancellationToken cancellationToken)
    {
        await KeepFeedbackTokenAsync(gateway.Options.FeedbackToken, cancellationToken);
        await PrivateFile.WriteAsync(ContainedFile, CanonicalJson.Serialize(gateway), cancellationToken);
    }

    /// <summary>A new folder for a process.</summary>
    internal async Task<string> CreateAsync(bool gateway, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return Directory.CreateDirectory(gateway
            ? GatewayFolder
            : System.IO.Path.Combine(ServersFolder, Guid.NewGuid().ToString("N"))).FullName;
    }

    /// <summary>Writes what a process is to do.</summary>
    internal static async Task<string> WriteAsync<T>(string folder, T options, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(folder, Options);
        File.Delete(System.IO.Path.Combine(folder, "ready.json"));
        await PrivateFile.WriteAsync(path, CanonicalJson.Serialize(options), cancellationToken);
        return path;
    }

    /// <summary>Gives a server's version another number.</summary>
    internal static Task RenumberAsync(ServerInstance server, int version, CancellationToken cancellationToken)
    {
        var options = CanonicalJson.Deserialize<ModelServerOptions>(File.ReadAllBytes(server.OptionsFile));
        return PrivateFile.WriteAsync(server.OptionsFile, CanonicalJson.Serialize(options with { Version = version }), cancellationToken);
    }

    /// <summary>Forgets everything; for when nothing runs any more.</summary>
    internal void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private async Task KeepFeedbackTokenAsync(string token, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await PrivateFile.WriteAsync(FeedbackTokenFile, Encoding.UTF8.GetBytes(token), cancellationToken);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(Runtime);
        PrivateFile.CreateFolder(Path);
        await RuntimeFolder.RememberAsync(_root, Runtime, cancellationToken);
    }

    private static ServerInstance? Read(string folder)
    {
        try
        {
            var (files, version) = CanonicalJson.Deserialize<Started>(File.ReadAllBytes(System.IO.Path.Combine(folder, Options)));
            var ready = File.Exists(files?.ReadyFile)
                ? CanonicalJson.TryDeserialize<ServerReady>(File.ReadAllBytes(files.ReadyFile))
                : null;
            return files == null
                ? null
                : new(files.Id, files.Token, ready?.Pid ?? 0, ready?.Port ?? 0, ready?.AdminPort ?? 0, version, files.Created, folder);
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            // Gone while it was read, or never written whole: its process, if any, is found by the folder's name.
            return null;
        }
    }

    private sealed record Started(ServerFiles? Files, int Version);
}
