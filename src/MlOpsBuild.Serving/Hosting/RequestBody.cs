using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>
/// Reads bodies whole, so that they can be sent twice, and no more of them at once than this process may hold until they are answered. How
/// slowly a body may arrive is Kestrel's affair.
/// </summary>
internal sealed class RequestBody(ServerLimits limits)
{
    private const int FirstRead = 1024;
    private long _held;

    /// <summary>The body; null when it was refused, which has been answered.</summary>
    public Task<HeldBody?> ReadAsync(HttpContext context) => ReadAsync(context, "");

    /// <summary>The body with the request's id; null when either was refused, which has been answered.</summary>
    public Task<HeldBody?> ReadWithIdAsync(HttpContext context) =>
        RequestId.Of(context.Request) is { } id ? ReadAsync(context, id) : RefuseIdAsync(context);

    private static async Task<HeldBody?> RefuseIdAsync(HttpContext context)
    {
        await RequestId.RefuseAsync(context);
        return null;
    }

    private async Task<HeldBody?> ReadAsync(HttpContext context, string id)
    {
        var held = new HeldBody(id, bytes => Interlocked.Add(ref _held, -bytes));
        var accepted = false;
        try
        {
            return (accepted = await ReadAsync(context, held)) ? held : null;
        }
        finally
        {
            if (!accepted)
            {
                held.Dispose();
            }
        }
    }

    private async Task<bool> ReadAsync(HttpContext context, HeldBody held)
    {
        var announced = context.Request.ContentLength;
        if (announced > limits.BodyBytes)
        {
            await TooLargeAsync(context);
            return false;
        }

        var buffer = new byte[(int)Math.Min(announced ?? FirstRead, FirstRead)];
        var length = 0;
        while (length != announced)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Max(FirstRead, buffer.Length * 2));
            }

            var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
            if (read == 0)
            {
                break;
            }

            length += read;
            held.Count(read);
            var together = Interlocked.Add(ref _held, read);
            if (length > limits.BodyBytes)
            {
                await TooLargeAsync(context);
                return false;
            }

            if (together > limits.BodyBytesTogether)
            {
                context.Response.Headers.RetryAfter = "1";
                await JsonAnswer.ProblemAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "Too many bodies at once",
                    new Finding("MLB5107", "Busy", "body", null, null, "send it again in a second"));
                return false;
            }
        }

        held.Content = length == buffer.Length ? buffer : buffer[..length];
        return true;
    }

    private Task TooLargeAsync(HttpContext context) => JsonAnswer.ProblemAsync(
        context, StatusCodes.Status413PayloadTooLarge, "The body is too large",
        new Finding("MLB5108", "Too large", "body", null, $"at most {limits.BodyBytes} bytes", "send fewer rows at once"));
}
