using System.Runtime.InteropServices;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Gateway;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Model;
using MlOpsBuild.Serving.Rehearsal;

namespace MlOpsBuild.Serving;

/// <summary><c>mlops-server serve|gateway|rehearse|contain OPTIONS.json [PORT]</c> and <c>mlops-server health</c>: one small program, one role a process.</summary>
public static class Program
{
    private const string Usage = "usage: mlops-server serve|gateway|rehearse|contain OPTIONS.json [PORT], or mlops-server health";

    /// <summary>Runs the role until it is told to stop.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["health"])
        {
            return await HealthCheck.RunAsync(Number(ContainedModelOptions.PortVariable) ?? ContainedModelOptions.UsualPort, Console.Error, CancellationToken.None);
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
                return await DetachedServer.RunAsync(path, log => new GatewayServer(route, TimeProvider.System, log), stopping);
            case "rehearse":
                var rehearsal = new RehearsalClient(CanonicalJson.Deserialize<RehearsalOptions>(options), TimeProvider.System);
                await rehearsal.RunAsync(Console.OpenStandardInput(), stopping.Token);
                return ExitCodes.Passed;
            case "contain":
                using (var log = ServerLog.To(Console.OpenStandardOutput(), TimeProvider.System))
                {
                    return await ContainedServer.RunAsync(new(Contained(CanonicalJson.Deserialize<ContainedModelOptions>(options), port), TimeProvider.System, log), log, stopping);
                }

            default:
                await Console.Error.WriteLineAsync($"unknown role '{role}'. {Usage}");
                return ExitCodes.WrongUsage;
        }
    }

    // No file is written, and nobody administers it: the engine knows who it is.
    private static ModelServerOptions Contained(ContainedModelOptions options, int? port) =>
        new(new("", "", "", "", "", DateTimeOffset.UnixEpoch), options.Pipeline, Number(ContainedModelOptions.VersionVariable) ?? 0, options.ModelFile, options.ModelDigest, null)
        {
            Port = port ?? Number(ContainedModelOptions.PortVariable) ?? ContainedModelOptions.UsualPort, Known = options.Known,
        };

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
