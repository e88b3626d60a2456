using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>Writes JSON answers in one line.</summary>
internal static class JsonAnswer
{
    public static JsonSerializerOptions OneLine { get; } = new(CanonicalJson.Options) { WriteIndented = false };

    /// <summary>For what others send: a member that is missing is an error, not a zero.</summary>
    public static JsonSerializerOptions Strict { get; } = new(OneLine) { RespectRequiredConstructorParameters = true };

    public static Task WriteAsync<T>(HttpContext context, int status, T body) =>
        SendAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(body, CanonicalJson.Of<T>(OneLine)));

    /// <summary>Writes <c>{"NAME":true}</c> or false.</summary>
    public static Task FlagAsync(HttpContext context, int status, string name, bool value) =>
        SendAsync(context, status, Encoding.UTF8.GetBytes($$"""{"{{name}}":{{(value ? "true" : "false")}}}"""));

    /// <summary>Reads a request; null when it is not a <typeparamref name="T"/>.</summary>
    public static async Task<T?> TryReadAsync<T>(HttpContext context) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, CanonicalJson.Of<T>(OneLine), context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes what is JSON already.</summary>
    public static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> bytes)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static Task ProblemAsync(HttpContext context, int status, string error, params IReadOnlyList<Finding> findings) =>
        WriteAsync(context, status, new ProblemAnswer(error, findings));

    public static Task NotFoundAsync(HttpContext context) =>
        ProblemAsync(context, StatusCodes.Status404NotFound, $"No such address: {context.Request.Method} {context.Request.Path}",
            new Finding(
                "MLB5106", "Unknown address", context.Request.Path, null,
                "POST /predict, POST /feedback, POST /outcome, GET /metrics, GET /v2/health/live, GET /v2/health/ready"));

    public static async Task TextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
