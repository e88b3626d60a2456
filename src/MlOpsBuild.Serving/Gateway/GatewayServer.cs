using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Metrics;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Splits requests between two versions, counts what happens, and changes weights without dropping a request.</summary>
internal sealed class GatewayServer(GatewayOptions options, TimeProvider time, ServerLog log) : IServerRole
{
    private readonly RequestMetrics _metrics = new(options.Pipeline);
    private readonly EventCounter _counter = new();
    private readonly Assignment _assignment = new(options.Seed);
    private readonly UpstreamClient _client = new();
    private RouteTable _routes = options.Routes;

    public string Role => "gateway";

    public ServerFiles Files => options.Files;

    public int Port => options.Port;

    public int Version => 0;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/predict") => PredictAsync(context),
        ("POST", "/feedback") => FeedbackAsync(context),
        ("GET", "/v2/health/live") => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new { live = true }),
        ("GET", "/v2/health/ready") => ReadyAsync(context),
        ("GET", "/metrics") => JsonAnswer.TextAsync(context, _metrics.Write([("mlops_canary_weight", "Share of requests for the canary, in percent.", "", _routes.CanaryPercent)])),
        _ => JsonAnswer.NotFoundAsync(context),
    };

    public async Task AdministerAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/admin/routes"):
                await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, _routes);
                break;
            case ("PUT", "/admin/routes"):
                var routes = await JsonSerializer.DeserializeAsync<RouteTable>(context.Request.Body, JsonAnswer.OneLine, context.RequestAborted);
                Volatile.Write(ref _routes, routes!);
                log.Write($"routes: v{routes!.Baseline.Version} {100 - routes.CanaryPercent} %, v{routes.Canary?.Version} {routes.CanaryPercent} %");
                await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, routes);
                break;
            case ("GET", "/admin/counts"):
                await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, _counter.Read());
                break;
            default:
                await JsonAnswer.NotFoundAsync(context);
                break;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadyAsync(HttpContext context)
    {
        var ready = await _client.IsReadyAsync(_routes.Baseline, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new { ready });
    }

    private async Task PredictAsync(HttpContext context)
    {
        var routes = Volatile.Read(ref _routes);
        var arm = routes.Canary != null && _assignment.IsCanary(routes.CanaryPercent) ? TrafficArm.Canary : TrafficArm.Baseline;
        var upstream = arm == TrafficArm.Canary ? routes.Canary! : routes.Baseline;
        var id = context.Request.Headers[ServerHeaders.RequestId].ToString() is { Length: > 0 } given ? given : ActivityTraceId.CreateRandom().ToHexString();
        var body = await RequestBody.ReadAsync(context);
        var started = time.GetTimestamp();
        var answer = await _client.PredictAsync(upstream, body, id, context.RequestAborted);
        var took = time.GetElapsedTime(started);
        _counter.Count(routes, arm, id, answer, took);
        _metrics.Count(upstream.Version, arm == TrafficArm.Canary ? "canary" : "baseline", answer.Status, took);

        // An arm that does not answer at all is counted as bad; the caller still gets an answer from the other one.
        if (answer.Unreachable && (arm == TrafficArm.Canary ? routes.Baseline : routes.Canary) is { } other)
        {
            upstream = other;
            answer = await _client.PredictAsync(other, body, id, context.RequestAborted);
        }

        context.Response.Headers[ServerHeaders.RequestId] = id;
        context.Response.Headers[ServerHeaders.Version] = upstream.Version.ToString(CultureInfo.InvariantCulture);
        if (answer.Unreachable)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status502BadGateway, "No model server answers",
                new Finding("Model server unreachable", $"v{upstream.Version}", null, "an answer", "./build.sh Status shows what runs; ./build.sh Deploy starts it again"));
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task FeedbackAsync(HttpContext context)
    {
        try
        {
            var feedback = await JsonSerializer.DeserializeAsync<Feedback>(context.Request.Body, JsonAnswer.Strict, context.RequestAborted);
            var known = feedback is { Id: not null } && double.IsFinite(feedback.Label) && _counter.Label(Volatile.Read(ref _routes).Limits, feedback);
            await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, new { known });
        }
        catch (JsonException)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The feedback was not accepted",
                new Finding("Not feedback", "body", null, """{"id": "…", "label": 12.5}""", "send the id of a prediction and what really happened"));
        }
    }
}
