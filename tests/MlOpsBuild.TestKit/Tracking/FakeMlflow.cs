using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>
/// An MLflow server on a free loopback port, made from its published definition: it refuses fields, values and sizes that MLflow refuses,
/// with MLflow's codes, keeps artifacts behind itself, and can be busy, broken or away.
/// </summary>
public sealed class FakeMlflow : IDisposable
{
    private const string Api = "/api/2.0/";
    private const string ArtifactPath = "mlflow-artifacts/artifacts";
    private readonly Lock _gate = new();
    private readonly LoopbackPort _port = new();
    private readonly MlflowState _state = new();
    private readonly List<MlflowFault> _faults = [];
    private readonly List<string> _requests = [];
    private GitHttpListener? _listener;

    private FakeMlflow()
    {
    }

    /// <summary>Where it is.</summary>
    public string Address => $"http://127.0.0.1:{_port.Number}";

    /// <summary>What an Authorization header has to say; null lets everybody in.</summary>
    public string? Authorization { get; set; }

    /// <summary>Most things that a page of a search holds.</summary>
    public int LargestPage { get; set; } = 1000;

    /// <summary>Where artifacts are: behind the server, or an address of a store of its own.</summary>
    public string ArtifactRoot
    {
        get => _state.ArtifactRoot;
        set => _state.ArtifactRoot = value;
    }

    /// <summary>Requests that came, as <c>METHOD path</c>, in order.</summary>
    public IReadOnlyList<string> Requests => Read(_ => _requests.ToList());

    /// <summary>Experiments by their ids.</summary>
    public IReadOnlyDictionary<string, string> Experiments => Read(state => state.Experiments.ToDictionary());

    /// <summary>Runs, oldest first.</summary>
    public IReadOnlyList<MlflowRun> Runs => Read(state => state.Runs.ToList());

    /// <summary>Registered models by their names.</summary>
    public IReadOnlyDictionary<string, MlflowModel> Models => Read(state => state.Models.ToDictionary());

    /// <summary>Artifacts by their paths.</summary>
    public IReadOnlyDictionary<string, byte[]> Artifacts => Read(state => state.Artifacts.ToDictionary());

    /// <summary>Starts it.</summary>
    public static async Task<FakeMlflow> StartAsync(CancellationToken cancellationToken)
    {
        var server = new FakeMlflow();
        await server.ComeBackAsync(cancellationToken);
        return server;
    }

    /// <summary>The next requests of which this is true are answered by a status, and nothing is done.</summary>
    public void FailNext(int count, int status, string? retryAfter = "0", Func<string, bool>? which = null) =>
        Add(count, new(which ?? (_ => true), status, retryAfter, Loses: false, Page: false));

    /// <summary>The next request of which this is true is done, and its answer is lost.</summary>
    public void LoseNextAnswer(Func<string, bool> which) => Add(1, new(which, null, null, Loses: true, Page: false));

    /// <summary>The next requests are answered by a page to log in.</summary>
    public void ShowPages(int count) => Add(count, new(_ => true, null, null, Loses: false, Page: true));

    /// <summary>Registers a version of a model with these files, as somebody else would.</summary>
    /// <returns>Its number.</returns>
    public string Register(string name, IReadOnlyDictionary<string, byte[]> files, string? alias = null) => Read(state =>
    {
        var model = state.Models[name] = state.Models.GetValueOrDefault(name) ?? new(name);
        var number = $"{++model.Numbered}";
        var folder = $"models/{name}/{number}/artifacts";
        foreach (var (file, content) in files)
        {
            state.Artifacts[$"{folder}/{file}"] = content;
        }

        model.VersionList.Add(new(number, $"{state.ArtifactRoot}{folder}", ""));
        if (alias != null)
        {
            model.Aliases[alias] = number;
        }

        return number;
    });

    /// <summary>Deletes a run, as a person would by the page.</summary>
    public void DeleteRun(string id) => Read(state => state.Run(id).IsDeleted = true);

    /// <summary>Deletes a version, as a person would by the page.</summary>
    public void DeleteVersion(string name, string number) => Read(state =>
    {
        MlflowModelAnswers.Delete(state.Model(name), state.Version(name, number));
        return 0;
    });

    /// <summary>Closes the port.</summary>
    public async Task GoAwayAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.StopAsync(cancellationToken);
        }
    }

    /// <summary>Opens the same port again.</summary>
    public async Task ComeBackAsync(CancellationToken cancellationToken) =>
        _listener ??= await GitHttpListener.StartAsync(_port.Number, HandleAsync, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Task.Run(() => GoAwayAsync(CancellationToken.None)).GetAwaiter().GetResult();
        _port.Dispose();
    }

    private void Add(int count, MlflowFault fault) => Read(_ =>
    {
        _faults.AddRange(Enumerable.Repeat(fault, count));
        return 0;
    });

    private T Read<T>(Func<MlflowState, T> look)
    {
        lock (_gate)
        {
            return look(_state);
        }
    }

    private async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var path = context.Request.Path.Value ?? "";
        var call = $"{context.Request.Method} {(path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..] : path)}";
        int status;
        byte[] answer;
        MlflowFault? fault;
        lock (_gate)
        {
            _requests.Add(call);
            fault = _faults.FirstOrDefault(fault => fault.Which(call));
            _faults.Remove(fault!);
            (status, answer) = fault is { Status: { } told }
                ? (told, Json(new() { ["error_code"] = CodeOf(told), ["message"] = "told to" }))
                : Work(context.Request, call, body.ToArray());
        }

        if (fault is { Loses: true })
        {
            context.Abort();
            return;
        }

        if (fault is { Page: true })
        {
            (status, answer) = (200, "<html><title>Sign in</title></html>"u8.ToArray());
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = fault is { Page: true } ? "text/html"
            : call.StartsWith($"GET {ArtifactPath}/", StringComparison.Ordinal) ? "application/octet-stream"
            : "application/json";
        if (fault is { RetryAfter: { } after, Status: not null })
        {
            context.Response.Headers.RetryAfter = after;
        }

        await context.Response.Body.WriteAsync(answer, cancellationToken);
    }

    private (int Status, byte[] Answer) Work(HttpRequest request, string call, byte[] body)
    {
        try
        {
            if (Authorization != null && request.Headers.Authorization != Authorization)
            {
                throw new MlflowRefusal("UNAUTHENTICATED", "You are not authenticated. Please see documentation.");
            }

            return call.Contains($" {ArtifactPath}/", StringComparison.Ordinal)
                ? Artifact(request.Method, call[(call.IndexOf(' ') + ArtifactPath.Length + 2)..], body)
                : (200, Json(Answer(call, request, body)));
        }
        catch (MlflowRefusal refusal)
        {
            return (refusal.Status, Json(new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message }));
        }
    }

    private JsonObject Answer(string call, HttpRequest request, byte[] body)
    {
        var fields = request.Method == "GET"
            ? new JsonObject(request.Query.Select(word => KeyValuePair.Create(word.Key, (JsonNode?)word.Value.ToString())))
            : Parsed(body);
        MlflowCheck.Require(call, fields);
        return MlflowRunAnswers.Of(_state, call, fields, body.Length, LargestPage)
            ?? MlflowModelAnswers.Of(_state, call, fields, LargestPage)
            ?? throw new MlflowRefusal("ENDPOINT_NOT_FOUND", $"No API found for {call}");
    }

    private (int Status, byte[] Answer) Artifact(string method, string path, byte[] body)
    {
        if (path.Split('/').Contains(".."))
        {
            throw MlflowRefusal.Invalid("Invalid path");
        }

        switch (method)
        {
            case "PUT":
                _state.Artifacts[path] = body;
                return (200, Json([]));
            case "GET":
                return (200, _state.Artifacts.GetValueOrDefault(path) ?? throw MlflowRefusal.Missing($"No such artifact: {path}"));
            default:
                throw new MlflowRefusal("ENDPOINT_NOT_FOUND", method);
        }
    }

    private static JsonObject Parsed(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw MlflowRefusal.Invalid("the body is no object");
        }
        catch (JsonException problem)
        {
            throw MlflowRefusal.Invalid($"the body is no JSON: {problem.Message}");
        }
    }

    private static string CodeOf(int status) => status switch
    {
        404 => "RESOURCE_DOES_NOT_EXIST",
        429 => "REQUEST_LIMIT_EXCEEDED",
        503 => "TEMPORARILY_UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    };

    private static byte[] Json(JsonObject answer) => Encoding.UTF8.GetBytes(answer.ToJsonString());
}
