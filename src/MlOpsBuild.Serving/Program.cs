using System.Runtime.InteropServices;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Gateway;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Model;
using MlOpsBuild.Serving.Rehearsal;

namespace MlOpsBuild.Serving;

/// <summary>
/// <c>mlops-server serve|gateway|rehearse|contain|contain-gateway OPTIONS.json [PORT]</c> and <c>mlops-server health</c>: one
/// small program, one role a process.
/// </summary>
public static class Program
{
    private const string Usage =
        "usage: mlops-server serve|gateway|rehearse|contain|contain-gateway OPTIONS.json [PORT], or mlops-server health";

    /// <summary>Runs the role until it is told to stop.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        if (!JsonSerializer.IsReflectionEnabledByDefault)
        {
            CanonicalJson.Options.TypeInfoResolverChain.Insert(0, ServerJson.Default);
        }

        if (arguments is ["health"])
        {
            return await HealthCheck.RunAsync(
                ContainedModel.Port(Environment.GetEnvironmentVariable), Console.Error, CancellationToken.None);
        }

        if (arguments is not [var role, var path, .. var more] || more.Length > 1 || !File.Exists(path))
        {
            await Console.Error.WriteLineAsync(Usage);
            return ExitCodes.WrongUsage;
        }

        using var stopping = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        int? port = more is [var given] && ushort.TryParse(given, out var number) ? number : null;
        var options = await File.ReadAllBytesAsync(path, stopping.Token);
        switch (role)
        {
            case "serve":
                var serve = CanonicalJson.Deserialize<ModelServerOptions>(options);
                serve = serve with { Port = port ?? serve.Port };
                return await DetachedServer.RunAsync(path, log => new ModelServer(serve, TimeProvider.System, log), stopping);
            case "gateway":
                var route = CanonicalJson.Deserialize<GatewayOptions>(options);
                route = route with { Port = port ?? route.Port };
                return await DetachedServer.RunAsync(
                    path, log => new GatewayServer(route, TimeProvider.System, log, Environment.GetEnvironmentVariable),
                    stopping);
            case "rehearse":
                var rehearsal = new RehearsalClient(CanonicalJson.Deserialize<RehearsalOptions>(options), TimeProvider.System);
                await rehearsal.RunAsync(Console.OpenStandardInput(), stopping.Token);
                return ExitCodes.Passed;
            case "contain":
                return await ContainAsync(
                    log => new ModelServer(
                        ContainedModel.Read(
                            CanonicalJson.Deserialize<ContainedModelOptions>(options), port, Environment.GetEnvironmentVariable, log.Write),
                        TimeProvider.System, log),
                    stopping);
            case "contain-gateway":
                return await ContainAsync(
                    log => new GatewayServer(
                        CanonicalJson.Deserialize<GatewayOptions>(options), TimeProvider.System, log, Environment.GetEnvironmentVariable),
                    stopping);
            default:
                await Console.Error.WriteLineAsync($"unknown role '{role}'. {Usage}");
                return ExitCodes.WrongUsage;
        }
    }

    private static async Task<int> ContainAsync(Func<ServerLog, IServerRole> create, CancellationTokenSource stopping)
    {
        using var log = ServerLog.To(Console.OpenStandardOutput(), TimeProvider.System);
        return await ContainedServer.RunAsync(create(log), log, stopping);
    }
}
