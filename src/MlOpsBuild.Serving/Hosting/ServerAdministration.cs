using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Answers on the port for administration: whoever has no token is told nothing.</summary>
internal static class ServerAdministration
{
    public static async Task HandleAsync(HttpContext context, IServerRole role, ServerReady ready, CancellationTokenSource stopping)
    {
        if (!AdminToken.Matches(context.Request, role.Files.Token))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/admin/id"):
                await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, ready);
                break;
            case ("POST", "/admin/stop"):
                context.Response.OnCompleted(stopping.CancelAsync);
                break;
            default:
                await role.AdministerAsync(context);
                break;
        }
    }
}
