using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Answers a request that failed in a way nobody foresaw: callers are told that it failed, and the log why.</summary>
internal static class UnforeseenFailure
{
    /// <summary>Answers requests, however that goes.</summary>
    /// <param name="log">Told what happened, with the place in the code.</param>
    /// <param name="answer">Answers one.</param>
    public static RequestDelegate Guarded(ServerLog log, RequestDelegate answer) => context => AnswerAsync(context, log, answer);

    private static async Task AnswerAsync(HttpContext context, ServerLog log, RequestDelegate answer)
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
    public static bool IsOurs(Exception failure, HttpContext context) =>
        failure is not (BadHttpRequestException or IOException) && !context.RequestAborted.IsCancellationRequested;
}
