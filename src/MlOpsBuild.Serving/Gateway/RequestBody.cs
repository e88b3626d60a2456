using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Reads a request's body whole, so that it can be sent twice.</summary>
internal static class RequestBody
{
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
