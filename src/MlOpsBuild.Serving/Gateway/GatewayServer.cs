using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Lookups;
using MlOpsBuild.Serving.Metrics;
using MlOpsBuild.Serving.Predictions;
using MlOpsBuild.Serving.Supervision;
using MlOpsBuild.Serving.Telemetry;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Splits and mirrors requests between two versions, keeps what happens, and changes routes without dropping a request.</summary>
/// <param name="options">What it does.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it tells what goes wrong.</param>
/// <param name="variable">Gives the value of an environment variable.</param>
internal sealed class GatewayServer(GatewayOptions options, TimeProvider time, ServerLog log, Func<string, string?> variable) : IServerRole
{
    private const int MostMirrored = 256;
    private readonly TrafficRecorder _recorder = new();
    private readonly ArmPicker _picker = new(options.Seed, options.FeedbackToken);
    private readonly RequestBody _bodies = new(options.Limits);
    private readonly RouteStore _routes = new(options.RoutesFile, time, log);
    private readonly UpstreamClient _client = new(options.Limits, time);
    private readonly PredictionLog? _predictions =
        options.Log == null ? null : new(options.Log, options.FeedbackToken, time, log);
    private readonly FeatureLookup _lookup = new(options.Online, variable, time);
    private readonly UnitLog? _units = options.Log == null ? null : new(options.Log, time, log);
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _started = time.GetTimestamp();
    private RequestMetrics _metrics = null!;
    private MetricsExport? _export;
    private Supervisor? _supervisor;
    private int _mirrored;

    public string Role => "gateway";

    public ServerFiles Files => options.Files;

    public ServerLimits Limits => options.Limits;

    public int Port => options.Port;

    public int AdminPort => options.AdminPort;

    public int OtherPort => options.CanaryPort;

    public int Version => 0;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _metrics = new(
            options.Pipeline,
            new ServerGauge(
                "mlops.canary.weight", "Share of requests for the canary, in percent.", () => _routes.Current.CanaryPercent),
            new ServerGauge(
                "mlops.predictions.not_logged", "Predictions that the log for monitoring could not keep.",
                () => _predictions?.LeftOut ?? 0),
            new ServerGauge("mlops.restarts", "Model servers started again by the gateway.", () => _supervisor?.Restarts ?? 0));
        _export = MetricsExport.Start(options.Telemetry, "gateway", log);
        if (_predictions != null)
        {
            _predictions.Told = _metrics.Predicted;
        }

        _supervisor = new(_routes, _client, log, time);
        _supervisor.Start();
        return Task.CompletedTask;
    }

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/predict") => PredictAsync(context),
        ("POST", "/explain") => ExplainAsync(context),
        ("POST", "/feedback") => FeedbackAsync(context),
        ("POST", "/outcome") => new OutcomeEndpoint(options.FeedbackToken, _bodies, _units).TakeAsync(context),
        ("GET", "/v2/health/live") => JsonAnswer.FlagAsync(context, StatusCodes.Status200OK, "live", true),
        ("GET", "/v2/health/ready") => ReadyAsync(context),
        ("GET", "/metrics") => JsonAnswer.TextAsync(context, _metrics.Write()),
        _ => JsonAnswer.NotFoundAsync(context),
    };

    public Task AdministerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/admin/routes") => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, _routes.Current),
        ("PUT", "/admin/routes") => ReplaceRoutesAsync(context),
        ("GET", "/admin/traffic") => TrafficAsync(context),
        ("GET", "/admin/predictions") => LogDownload.AnswerAsync(context, options.Log),
        (_, "/admin/views" or "/admin/connections") => new ViewEndpoint(options.Online, _lookup, time).AnswerAsync(context),
        _ => JsonAnswer.NotFoundAsync(context),
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await (_supervisor?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_predictions?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _lookup.DisposeAsync();
        _units?.Dispose();
        _export?.Dispose();
        _metrics?.Dispose();
        _routes.Dispose();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task ReplaceRoutesAsync(HttpContext context)
    {
        // Callers' bodies, however many they are, must not keep a rollback out.
        var update = await JsonAnswer.TryReadAsync<RouteUpdate>(context);
        var problems = update?.Routes?.Problems()
            ?? [new("MLB5101", "Not a change of routes", "body", null, """{"expected": GENERATION, "routes": {…}}""")];
        if (problems.Count > 0)
        {
            await JsonAnswer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The routes were not changed", problems);
            return;
        }

        var (done, current) = _routes.Replace(update!.Expected, update.Routes!);
        await JsonAnswer.WriteAsync(context, done ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, current);
    }

    private Task TrafficAsync(HttpContext context)
    {
        _ = long.TryParse(context.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        if (long.TryParse(context.Request.Query["renew"], NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            _routes.Renew(generation);
        }

        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, _recorder.Read(_routes.Current.Generation, from));
    }

    private async Task ReadyAsync(HttpContext context)
    {
        var routes = _routes.Current;
        var ready = (routes.Baseline ?? routes.Canary) is { } upstream
            && await _client.IsAliveAsync(upstream, TimeSpan.FromSeconds(1), context.RequestAborted);
        await JsonAnswer.FlagAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "ready", ready);
    }

    private async Task PredictAsync(HttpContext context)
    {
        using var held = await _bodies.ReadWithIdAsync(context);
        if (held is not { Id: var id, Content: var body })
        {
            return;
        }

        var routes = _routes.Current;
        var atCanary = options.CanaryPort != 0 && context.Connection.LocalPort == options.CanaryPort;
        var (arm, mirrored, canaryFirst, unit) = _picker.Pick(routes, context.Request, atCanary);
        var test = _picker.IsRehearsal(context.Request) ? null : ExperimentArms.Assign(routes, context, _units);
        if ((test == ExperimentArm.Treatment ? routes.Experiment!.Treatment
            : arm == TrafficArm.Canary ? routes.Canary
            : routes.Baseline) is not { } upstream)
        {
            await UnavailableAsync(context, "No version serves", "a version", "./build.sh Train Deploy");
            return;
        }

        if (await CompletedAsync(context, routes, body) is not { } request)
        {
            return;
        }

        mirrored = mirrored && Volatile.Read(ref _mirrored) < MostMirrored;
        var exchange = routes.Canary == null
            ? null
            : new Exchange(routes, arm, mirrored, (long)time.GetElapsedTime(_started).TotalSeconds, unit, body);

        // Which arm is asked first is drawn, too: neither has the machine to itself more often than the other.
        var otherFirst = canaryFirst != (arm == TrafficArm.Canary);
        _ = mirrored && otherFirst ? MirrorAsync(exchange!, request, id, _stopping.Token) : null;
        var asking = _client.PredictAsync(upstream, request.For(upstream).Body, id, context.RequestAborted);
        _ = mirrored && !otherFirst ? MirrorAsync(exchange!, request, id, _stopping.Token) : null;
        var answer = await asking;
        _metrics.Count(upstream.Version, NameOf(test, arm), answer.Status, answer.Took);
        await AnswerAsync(context, id, request, upstream, arm, exchange, answer);
    }

    // All versions get the same values; null where they cannot be had, which has been answered.
    private async Task<CompletedRequest?> CompletedAsync(HttpContext context, RouteTable routes, byte[] body)
    {
        try
        {
            return await _lookup.CompleteAsync(routes, body, _metrics, context.RequestAborted);
        }
        catch (FindingsException problem)
        {
            context.Response.Headers.RetryAfter = "1";
            await JsonAnswer.ProblemAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Values of feature views cannot be looked up", problem.Findings);
            return null;
        }
    }

    // Of every request: nothing is made for it.
    private static string NameOf(ExperimentArm? test, TrafficArm arm) => (test, arm) switch
    {
        (ExperimentArm.Control, _) => "control",
        (ExperimentArm.Treatment, _) => "treatment",
        (_, TrafficArm.Canary) => "canary",
        _ => "baseline",
    };

    // Asks the arm that does not serve the caller.
    private async Task MirrorAsync(Exchange exchange, CompletedRequest request, string id, CancellationToken cancellationToken)
    {
        var (upstream, arm) = exchange.Served == TrafficArm.Canary
            ? (exchange.Routes.Baseline!, TrafficArm.Baseline)
            : (exchange.Routes.Canary!, TrafficArm.Canary);
        Interlocked.Increment(ref _mirrored);
        try
        {
            var answer = await _client.PredictAsync(upstream, request.For(upstream).Body, id, cancellationToken);
            _metrics.Count(upstream.Version, "mirror", answer.Status, answer.Took);
            _recorder.Answered(exchange, arm, answer);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; nobody waits for this answer.
        }
        finally
        {
            Interlocked.Decrement(ref _mirrored);
        }
    }

    private async Task AnswerAsync(
        HttpContext context, string id, CompletedRequest request, Upstream asked, TrafficArm arm, Exchange? exchange, UpstreamAnswer answer)
    {
        var upstream = asked;
        if (exchange != null)
        {
            _recorder.Answered(exchange, arm, answer);
        }

        // An arm that does not answer at all is counted as bad; the caller still gets an answer from whatever is warm by the routes in
        // force now: a version that was taken away meanwhile answers nobody.
        foreach (var other in answer.Unreachable ? _routes.Current.Upstreams.Where(other => other.Address != asked.Address) : [])
        {
            (upstream, answer) = (other, await _client.PredictAsync(other, request.For(other).Body, id, context.RequestAborted));
            exchange = null;
            if (!answer.Unreachable)
            {
                break;
            }
        }

        context.Response.Headers[ServerHeaders.RequestId] = id;
        if (answer.Unreachable)
        {
            await UnavailableAsync(
                context, "No model server answers", "an answer",
                "./build.sh Status shows what runs; the gateway starts it again by itself");
            return;
        }

        if (answer.IsPrediction)
        {
            _recorder.Remember(id, exchange, answer.Rows);
        }

        if (!_picker.IsRehearsal(context.Request))
        {
            var (body, lookups) = request.For(upstream);
            _predictions?.Answered(id, _routes.Current, upstream.Version, body, answer, lookups);
        }

        context.Response.Headers[ServerHeaders.Version] = upstream.Version.ToString(CultureInfo.InvariantCulture);
        await JsonAnswer.SendAsync(context, answer.Status, answer.Body);
    }

    // By the version that answered, where the caller names it; else by the one that answers without a canary. It counts nowhere.
    private async Task ExplainAsync(HttpContext context)
    {
        using var held = await _bodies.ReadWithIdAsync(context);
        if (held is not { Id: var id, Content: var body })
        {
            return;
        }

        var (routes, named) = (_routes.Current, context.Request.Query["version"].ToString());
        var upstream = named.Length == 0
            ? routes.Baseline ?? routes.Canary
            : routes.Upstreams.FirstOrDefault(other => other.Version.ToString(CultureInfo.InvariantCulture) == named);
        if (upstream == null && named.Length > 0)
        {
            await JsonAnswer.ProblemAsync(
                context, StatusCodes.Status404NotFound, "No such version serves",
                new Finding(
                    "MLB5117", "This version does not serve", "version", named,
                    string.Join(", ", routes.Upstreams.Select(other => other.Version)), "name one that serves, or none"));
            return;
        }

        var request = upstream == null ? null : await CompletedAsync(context, routes, body);
        if (upstream != null && request == null)
        {
            return;
        }

        var answer = upstream == null
            ? null
            : await _client.ExplainAsync(upstream, request!.For(upstream).Body, id, context.RequestAborted);
        if (answer is not { Unreachable: false })
        {
            await UnavailableAsync(
                context, upstream == null ? "No version serves" : "No model server answers", "an answer",
                "./build.sh Status shows what runs");
            return;
        }

        context.Response.Headers[ServerHeaders.RequestId] = id;
        context.Response.Headers[ServerHeaders.Version] = upstream!.Version.ToString(CultureInfo.InvariantCulture);
        await JsonAnswer.SendAsync(context, answer.Status, answer.Body);
    }

    private static Task UnavailableAsync(HttpContext context, string problem, string expected, string fix)
    {
        context.Response.Headers.RetryAfter = "1";
        return JsonAnswer.ProblemAsync(
            context, StatusCodes.Status503ServiceUnavailable, problem,
            new Finding("MLB5102", problem, context.Request.Path, null, expected, fix));
    }

    private async Task FeedbackAsync(HttpContext context)
    {
        if (!AdminToken.Matches(context.Request, options.FeedbackToken))
        {
            await RefuseAsync(StatusCodes.Status401Unauthorized, new(
                "MLB5103", "No right to give labels", "Authorization", null, "Bearer TOKEN",
                "the token is in the file that ./build.sh Status names"));
            return;
        }

        using var body = await _bodies.ReadAsync(context);
        if (body == null)
        {
            return;
        }

        var feedback = CanonicalJson.TryDeserialize<Feedback>(body.Content, JsonAnswer.Strict);
        var (classes, rated) = (_routes.Current.Contract?.Classes, _routes.Current.Contract?.Rated == true);
        await (feedback is not { Id: not null } || feedback.Read(classes, rated) is not { } label
            ? RefuseAsync(StatusCodes.Status400BadRequest, new(
                "MLB5104", "Not feedback", "body", null,
                rated ? "id, and as label how good the answer was, from 0 to 1"
                    : classes == null ? """{"id": "…", "label": 12.5}""" : $"id, and as label one of {string.Join(", ", classes.Names)}",
                "send the id of a prediction and what really happened"))
            : Take(feedback.Id, label) ? JsonAnswer.FlagAsync(context, StatusCodes.Status202Accepted, "accepted", true)
            : RefuseAsync(StatusCodes.Status404NotFound, new(
                "MLB5105", "No such prediction", "id", null, "the id of a prediction that is kept and has no label yet",
                "send each label once")));

        // Whoever judges a canary knows the recent ones only; the log knows all that it keeps.
        bool Take(string id, double value)
        {
            var kept = _picker.IsRehearsal(context.Request) ? null : _predictions;
            var waits = kept?.Waits(id) == true;
            var taken = _recorder.Label(id, value) || waits;
            if (taken)
            {
                kept?.Labelled(id, _routes.Current, value);
            }

            return taken;
        }

        Task RefuseAsync(int status, Finding why) => JsonAnswer.ProblemAsync(context, status, "The feedback was not accepted", why);
    }
}
