using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using YamlDotNet.Serialization;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// A Kubernetes API server on loopback, over TLS and with a token, that keeps objects as the published API says: strict fields, server-side
/// apply with its conflicts, versions, watches, and answers that are not the ones that were hoped for. <c>kubectl</c> can use it, too.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    /// <summary>The namespace there is.</summary>
    public const string Space = "ml";

    private const string Token = "s3cret-token-of-the-deployer";
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(Func<HttpRequest, bool> When, int Status, TimeSpan Delay, int? RetryAfter)> _faults = new();
    private readonly HashSet<(string Verb, string Plural)> _forbidden = [];
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;

    private FakeApiServer()
    {
        _certificate = Certificate();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(_certificate);
            }));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(HandleAsync);
    }

    /// <summary>Its objects.</summary>
    public ApiObjects Objects { get; } = new(TimeProvider.System);

    /// <summary>The kinds it knows; without the Gateway API where a cluster has not got it.</summary>
    public IReadOnlyList<ApiKind> Kinds { get; set; } = ApiKind.All;

    /// <summary>The file by which clients find it.</summary>
    public string ConfigFile => _folder["config"];

    /// <summary>What was asked of it: verb and path.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Gives what a pod said; empty where no pod runs.</summary>
    public Func<string, bool, Task<string>> Log { get; set; } = (_, _) => Task.FromResult("");

    /// <summary>Gives what a pod says, as it says it; nothing where no pod runs.</summary>
    public Func<string, IAsyncEnumerable<string>> Follow { get; set; } = _ => AsyncEnumerable.Empty<string>();

    /// <summary>Gives the port of this machine that leads to a port of a pod; 0 for none.</summary>
    public Func<string, int, Task<int>> Forward { get; set; } = (_, _) => Task.FromResult(0);

    /// <summary>Starts it.</summary>
    public static async Task<FakeApiServer> StartAsync()
    {
        var server = new FakeApiServer();
        await server._app.StartAsync();
        await File.WriteAllTextAsync(server.ConfigFile, server.Config("deployer", Space, Token));
        return server;
    }

    /// <summary>A file for clients, with one context.</summary>
    public string Config(string context, string space, string token) => $"""
        apiVersion: v1
        kind: Config
        current-context: {context}
        clusters:
        - name: test
          cluster:
            server: {_app.Urls.Single()}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(_certificate.ExportCertificatePem()))}
        users:
        - name: deployer
          user:
            token: {token}
        contexts:
        - name: {context}
          context:
            cluster: test
            user: deployer
            namespace: {space}
        """;

    /// <summary>Answers the next calls that <paramref name="when"/> picks with a status, after a while.</summary>
    public void Fail(Func<HttpRequest, bool> when, int status, int times = 1, TimeSpan delay = default, int? retryAfter = null)
    {
        for (var time = 0; time < times; time++)
        {
            _faults.Enqueue((when, status, delay, retryAfter));
        }
    }

    /// <summary>Takes a right away.</summary>
    public void Forbid(string verb, string plural) => _forbidden.Add((verb, plural));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Calls.Enqueue($"{context.Request.Method} {context.Request.Path}");
        try
        {
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
            {
                throw new ApiException(401, "Unauthorized", "Unauthorized");
            }

            await FaultAsync(context);
            if (ApiDiscovery.Of(context.Request.Path, Kinds) is { } told)
            {
                await AnswerAsync(context, 200, told);
                return;
            }

            var path = ApiPath.Of(context.Request.Path, Kinds)
                ?? throw new ApiException(404, "NotFound", "the server could not find the requested resource");
            if (path.Space is { } space && space != Space)
            {
                throw new ApiException(404, "NotFound", $"namespaces \"{space}\" not found");
            }

            Allow(Verb(context.Request, path), path);
            await (path.Sub == "portforward" ? PodTunnel.RunAsync(context, path.Name!, Forward)
                : path.Sub == "log" ? LogAsync(context, path)
                : AnswerAsync(context, path));
        }
        catch (ApiException problem) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, problem.Code, problem.Body);
        }
    }

    private async Task FaultAsync(HttpContext context)
    {
        if (_faults.TryPeek(out var fault) && fault.When(context.Request) && _faults.TryDequeue(out _))
        {
            await Task.Delay(fault.Delay, context.RequestAborted);
            if (fault.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (fault.Status != 0)
            {
                throw new ApiException(fault.Status, "Fault", "told to fail");
            }
        }
    }

    private void Allow(string verb, ApiPath path)
    {
        var plural = path.Plural();
        if (_forbidden.Contains((verb, plural)))
        {
            throw new ApiException(
                403, "Forbidden", $"{plural}{(path.Kind.Group.Length == 0 ? "" : "." + path.Kind.Group)} is forbidden: User \"deployer\" cannot {verb} resource \"{plural}\" in API group \"{path.Kind.Group}\" in the namespace \"{path.Space}\"");
        }
    }

    private static string Verb(HttpRequest request, ApiPath path) => request.Method switch
    {
        "GET" when path.Sub == "portforward" => "create",
        "GET" => path.Name == null ? request.Query.ContainsKey("watch") ? "watch" : "list" : "get",
        "POST" => "create", "PUT" => "update", "PATCH" => "patch", _ => "delete",
    };

    private async Task LogAsync(HttpContext context, ApiPath path)
    {
        context.Response.ContentType = "text/plain";
        if (context.Request.Query["follow"] == "true")
        {
            await foreach (var line in Follow(path.Name!).WithCancellation(context.RequestAborted))
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            return;
        }

        await context.Response.WriteAsync(await Log(path.Name!, context.Request.Query["previous"] == "true"));
    }

    private async Task AnswerAsync(HttpContext context, ApiPath path)
    {
        var (request, space) = (context.Request, path.Space ?? Space);
        var manager = request.Query["fieldManager"].ToString() is { Length: > 0 } named ? named : "unknown";
        switch (request.Method)
        {
            case "GET" when path.Name == null && request.Query["watch"] is [{ } asked] && asked is "1" or "true":
                await WatchAsync(context, path);
                break;
            case "GET" when path.Name == null:
                await AnswerAsync(context, 200, new()
                {
                    ["kind"] = path.Kind.Kind + "List", ["apiVersion"] = path.Kind.ApiVersion,
                    ["metadata"] = new JsonObject { ["resourceVersion"] = Objects.Version.ToString(CultureInfo.InvariantCulture) },
                    ["items"] = new JsonArray([.. Objects.List(path.Kind.Plural, path.Space, request.Query["labelSelector"])]),
                });
                break;
            case "GET":
                await AnswerAsync(
                    context, 200, Objects.Find(path.Kind.Plural, space, path.Name!) ?? throw ApiObjects.Absent(path.Kind, path.Name!));
                break;
            case "POST":
                await AnswerAsync(context, 201, Objects.Create(path.Kind, space, await BodyAsync(request), manager));
                break;
            case "PUT":
                var whole = await BodyAsync(request);
                await AnswerAsync(context, 200, Objects.Update(path.Kind, space, path.Name!, manager, _ => whole));
                break;
            case "PATCH" when request.ContentType?.StartsWith("application/apply-patch+yaml", StringComparison.Ordinal) == true:
                var (made, created) = Objects.Apply(
                    path.Kind, space, path.Name!, await BodyAsync(request), manager, request.Query["force"] == "true",
                    request.Query["dryRun"] == "All");
                await AnswerAsync(context, created ? 201 : 200, made);
                break;
            case "PATCH":
                var patch = await BodyAsync(request);
                await AnswerAsync(
                    context, 200, Objects.Update(path.Kind, space, path.Name!, manager, known =>
                        FieldPaths.Merge(known, patch, "")!.AsObject()));
                break;
            case "DELETE":
                await AnswerAsync(context, 200, Objects.Delete(path.Kind, space, path.Name!));
                break;
            default:
                throw new ApiException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private async Task WatchAsync(HttpContext context, ApiPath path)
    {
        var from = long.TryParse(context.Request.Query["resourceVersion"], CultureInfo.InvariantCulture, out var given) ? given
            : Objects.Version;
        context.Response.ContentType = "application/json";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var changed = Objects.ChangedAsync(context.RequestAborted);
            var (events, next) = Objects.After(from, path.Kind.Plural, path.Space);
            foreach (var change in events)
            {
                await context.Response.WriteAsync(change.ToJsonString() + "\n", context.RequestAborted);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
            from = next;
            await changed.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // kubectl applies YAML, of which JSON is a part.
    private static async Task<JsonObject> BodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        try
        {
            if (!text.TrimStart().StartsWith('{'))
            {
                var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(text);
                text = new SerializerBuilder().JsonCompatible().Build().Serialize(read);
            }

            return JsonNode.Parse(text)!.AsObject();
        }
        catch (Exception problem) when (problem is JsonException or YamlDotNet.Core.YamlException or InvalidOperationException)
        {
            throw new ApiException(400, "BadRequest", $"the object provided is unrecognized: {problem.Message}");
        }
    }

    private static async Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
