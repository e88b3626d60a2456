using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Tests;

/// <summary>Model servers that answer what a test says.</summary>
internal static class Scripted
{
    /// <summary>Answers every row with <paramref name="prediction"/> and the caller's id.</summary>
    public static RequestDelegate Version(int version, double prediction = 1.5) => context =>
        JsonAnswer.WriteAsync(
            context, 200,
            new PredictionAnswer(version, context.Request.Headers[ServerHeaders.RequestId].ToString()) { Prediction = prediction });

    /// <summary>Answers every row with a text.</summary>
    public static RequestDelegate Says(int version, string text) => context =>
        JsonAnswer.WriteAsync(
            context, 200,
            new PredictionAnswer(version, context.Request.Headers[ServerHeaders.RequestId].ToString()) { Answer = text });

    public static RequestDelegate Answer(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        return context.Response.WriteAsync(body);
    };

    /// <summary>A port on which nothing listens.</summary>
    public static int ClosedPort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static int VersionOf(HttpResponseMessage answer) =>
        int.Parse(answer.Headers.GetValues(ServerHeaders.Version).Single(), CultureInfo.InvariantCulture);
}
