using System.Net;
using Microsoft.AspNetCore.Builder;
using MlOpsBuild.Core;
using MlOpsBuild.Serving.Model;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>
/// Hosts a model server in a container: in the foreground, on all addresses of the container, which decides who reaches it. Its log is the
/// container's, it writes no file, and nobody administers it but the engine.
/// </summary>
internal static class ContainedServer
{
    public static async Task<int> RunAsync(ModelServer model, ServerLog log, CancellationTokenSource stopping)
    {
        try
        {
            await using var role = model;
            await role.StartAsync(stopping.Token);
            await using var app = ServerHost.Create(role.Limits, kestrel => kestrel.Listen(IPAddress.Any, role.Port));
            app.Run(role.HandleAsync);
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
