using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Gateway;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Tests;

/// <summary>A gateway on a real port before real model servers on real ports.</summary>
internal sealed class GatewayWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Loopback> _hosts = [];
    private ServerLog _log = null!;
    private GatewayServer? _gateway;

    public const string FeedbackToken = "labels-only";

    public HttpClient Http { get; } = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });

    public Uri Address { get; private set; } = null!;

    public async Task<int> ServeAsync(RequestDelegate handler)
    {
        var host = await Loopback.StartAsync(handler);
        _hosts.Add(host);
        return host.Port;
    }

    /// <summary>A model server that notes what it is asked to predict.</summary>
    /// <param name="received">Where.</param>
    /// <param name="answer">What it answers; null for a version's usual answer.</param>
    public Task<int> ServeAsync(List<string> received, string? answer = null) => ServeAsync(async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (context.Request.Path == "/predict")
        {
            received.Add(body);
        }

        await (answer == null ? Scripted.Version(1)(context) : Scripted.Answer(200, answer)(context));
    });

    /// <summary>Routes with one version.</summary>
    public static RouteTable Alone(int version, int port) => new() { Baseline = new(version, port), Change = Change };

    /// <summary>Routes with a version on trial.</summary>
    public static RouteTable Trial(int baseline, int canary, double percent, double mirror = 0, double lease = 60) =>
        new()
        {
            Baseline = new(1, baseline), Canary = new(2, canary), CanaryPercent = percent, MirrorPercent = mirror, LeaseSeconds = lease,
            Change = Change
        };

    public static RouteChange Change { get; } = new("change", RouteChangeKind.Trial, 1, 2, "tester", "a test", DateTimeOffset.UnixEpoch);

    /// <summary>Where predictions are kept, where they are.</summary>
    public string Predictions => _folder["predictions"];

    /// <summary>Where the newest values of feature views are.</summary>
    public string Features => _folder["features"];

    public async Task OpenAsync(
        RouteTable routes, long seed = 1, TimeProvider? time = null, ServerLimits? limits = null, PredictionLogPlace? log = null,
        OtlpSettings? telemetry = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        _log = new(_folder["server.log"], TimeProvider.System);
        var files = new ServerFiles("id", "token", _folder["ready.json"], _folder["server.log"], "", DateTimeOffset.UnixEpoch);
        _gateway = new(
            new(files, "Tiny", 0, seed, _folder["routes.json"], FeedbackToken)
            {
                Limits = limits ?? new(), Log = log, Telemetry = telemetry,
                Online = new(Features, "Tiny.local", [.. variables?.Keys ?? []]),
            },
            time ?? TimeProvider.System, _log, name => variables?.GetValueOrDefault(name));
        await _gateway.StartAsync(CancellationToken.None);
        var host = await Loopback.StartAsync(_gateway.HandleAsync);
        _hosts.Insert(0, host);
        Address = host.Address;
        if (routes != RouteTable.Empty)
        {
            await RouteAsync(routes);
        }
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path));
        request.Content = Scripted.Json(body);
        if (id != null)
        {
            request.Headers.TryAddWithoutValidation(ServerHeaders.RequestId, id);
        }

        if (path == "feedback")
        {
            request.Headers.Authorization = new("Bearer", FeedbackToken);
        }

        return await Http.SendAsync(request);
    }

    public async Task<string> PostTextAsync(string path, string body, string? id = null)
    {
        using var answer = await PostAsync(path, body, id);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(Address, path));

    /// <summary>What the gateway wrote into its log.</summary>
    public string Log()
    {
        using var reader = new StreamReader(new FileStream(_folder["server.log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>The routes in force.</summary>
    public async Task<RouteTable> RoutesAsync() =>
        JsonSerializer.Deserialize<RouteTable>((await AdministerAsync("GET", "/admin/routes")).Body, JsonAnswer.OneLine)!;

    /// <summary>Replaces the routes as the admin endpoint does, from whatever is in force.</summary>
    public async Task RouteAsync(RouteTable routes)
    {
        var (status, body) = await AdministerAsync(
            "PUT", "/admin/routes",
            JsonSerializer.Serialize(new RouteUpdate((await RoutesAsync()).Generation, routes), JsonAnswer.OneLine));
        status.ShouldBe(200, body);
    }

    /// <summary>What was seen so far; waits for answers that are still on their way.</summary>
    public async Task<TrafficBatch> TrafficAsync(int requests, int labels = 0)
    {
        while (true)
        {
            var batch = JsonSerializer.Deserialize<TrafficBatch>(
                (await AdministerAsync("GET", "/admin/traffic")).Body, JsonAnswer.OneLine)!;
            if (batch.Requests.Count >= requests && batch.Labels.Count >= labels)
            {
                return batch;
            }

            await Task.Yield();
        }
    }

    public async Task<(int Status, string Body)> AdministerAsync(string method, string path, string body = "")
    {
        var context = new DefaultHttpContext();
        using var answer = new MemoryStream();
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, path.Split('?')[0], answer);
        context.Request.QueryString =
            new(path.Contains('?', StringComparison.Ordinal) ? path[path.IndexOf('?', StringComparison.Ordinal)..] : "");
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        await _gateway!.AdministerAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>Ends the gateway, and gives what it kept of predictions.</summary>
    public async Task<IReadOnlyList<LogEntry>> EndAsync()
    {
        await _gateway!.DisposeAsync();
        _gateway = null;
        return Directory.Exists(Predictions)
            ? [.. Directory.GetFiles(Predictions, PredictionLogPlace.Pattern).Order().SelectMany(File.ReadLines)
                .Select(line => JsonSerializer.Deserialize<LogEntry>(line, JsonAnswer.OneLine)!)]
            : [];
    }

    public void Dispose()
    {
        Http.Dispose();
        _hosts.ForEach(host => host.Dispose());
        _gateway?.DisposeAsync().AsTask().Wait();
        _log.Dispose();
        _folder.Dispose();
    }
}
