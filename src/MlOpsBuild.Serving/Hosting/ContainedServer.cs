using System.Net;
using Microsoft.AspNetCore.Builder;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>
/// Hosts a role in a container: in the foreground, on all addresses of the container, since the engine decides who reaches it. Its log is
/// the container's. Only a gateway is administered, over a port that the engine publishes on loopback and that asks for the token.
/// </summary>
internal static class ContainedServer
{
    public static async Task<int> RunAsync(IServerRole hosted, ServerLog log, CancellationTokenSource stopping)
    {
        try
        {
            await using var role = hosted;
            await role.StartAsync(stopping.Token);
            var ready = new ServerReady(role.Files.Id, role.Role, Environment.ProcessId, role.Port, role.AdminPort, role.Version);
            await using var app = ServerHost.Create(role.Limits, kestrel =>
            {
                foreach (var port in ((int[])[role.Port, role.AdminPort, role.OtherPort]).Where(port => port != 0))
                {
                    kestrel.Listen(IPAddress.Any, port);
                }
            });
            app.Run(UnforeseenFailure.Guarded(log, context => role.AdminPort != 0 && context.Connection.LocalPort == role.AdminPort
                ? ServerAdministration.HandleAsync(context, role, ready, stopping)
                : role.HandleAsync(context)));
            await app.StartAsync(stopping.Token);
            log.Write($"{role.Role} ready: predictions on {role.Port}");
            await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            log.Write($"{role.Role} stops");
            await app.StopAsync(CancellationToken.None);
            return ExitCodes.Passed;
        }
        catch (FindingsException problem)
        {
            problem.Findings.ToList().ForEach(finding => log.Write($"failed: {finding}"));
            return ExitCodes.TargetBroke;
        }
        catch (Exception failure)
        {
            log.Write($"failed: {failure}");
            return ExitCodes.TargetBroke;
        }
    }
}
