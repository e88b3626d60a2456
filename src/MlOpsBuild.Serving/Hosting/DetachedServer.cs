using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Hosts one role on two loopback ports (predictions, administration) in a process of its own session.</summary>
internal static class DetachedServer
{
    public static async Task<int> RunAsync(string optionsPath, Func<ServerLog, IServerRole> create, CancellationTokenSource stopping)
    {
        Session.Detach(Path.GetDirectoryName(Path.GetFullPath(optionsPath))!);
        var files = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(optionsPath, stopping.Token))
            .RootElement.GetProperty("files");
        using var log = new ServerLog(files.GetProperty("logFile").GetString()!, TimeProvider.System);
        try
        {
            await using var role = create(log);
            await HostAsync(role, log, stopping);
            return ExitCodes.Passed;
        }
        catch (Exception failure)
        {
            log.Write($"failed: {failure}");
            return ExitCodes.TargetBroke;
        }
    }

    private static async Task HostAsync(IServerRole role, ServerLog log, CancellationTokenSource stopping)
    {
        await role.StartAsync(stopping.Token);
        await using var app = ServerHost.Create(role.Limits, kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, role.Port);
            kestrel.Listen(IPAddress.Loopback, role.AdminPort);
        });
        ServerReady? ready = null;
        app.Run(UnforeseenFailure.Guarded(log, context => context.Connection.LocalPort == ready?.AdminPort
            ? ServerAdministration.HandleAsync(context, role, ready, stopping)
            : role.HandleAsync(context)));
        await app.StartAsync(stopping.Token);
        var ports = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => new Uri(address).Port)
            .ToArray();
        ready = new(role.Files.Id, role.Role, Environment.ProcessId, ports[0], ports[1], role.Version);
        await AnnounceAsync(role.Files.ReadyFile, ready, stopping.Token);
        log.Write($"{role.Role} ready: predictions on {ports[0]}, administration on {ports[1]}");
        await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        log.Write($"{role.Role} stops");
        await app.StopAsync(CancellationToken.None);
    }

    private static async Task AnnounceAsync(string path, ServerReady ready, CancellationToken cancellationToken)
    {
        var temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, CanonicalJson.Serialize(ready), cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }
}
