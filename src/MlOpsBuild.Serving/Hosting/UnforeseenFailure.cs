using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Answers a request that failed in a way nobody foresaw: callers are told that it failed, and the log why.</summary>
internal static class UnforeseenFailure
{
    /// <summary>Answers a request, however that goes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="log">Told what happened, with the place in the code.</param>
    /// <param name="answer">Answers it.</param>
    public static async Task GuardAsync(HttpContext context, ServerLog log, Func<HttpContext, Task> answer)
    {
        try
        {
            await answer(context);
        }
        catch (Exception failure) when (IsOurs(failure, context))
        {
            log.Write($"{context.Request.Method} {context.Request.Path} failed: {failure}");
            if (context.Response.HasStarted)
            {
                throw;
            }

            await JsonAnswer.ProblemAsync(context, StatusCodes.Status500InternalServerError, "The server failed; its log says why");
        }
    }

    /// <summary>Whether the server is to blame: a caller who went away, or sent what is no request, is not its fault.</summary>
    public static bool IsOurs(Exception failure, HttpContext context) => failure is not (BadHttpRequestException or IOException) && !context.RequestAborted.IsCancellationRequested;
}
