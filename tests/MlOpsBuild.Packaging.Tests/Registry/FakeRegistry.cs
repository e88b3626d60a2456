using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>A registry in memory that keeps to the distribution specification, and a connection to it that fails on demand.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    private readonly List<Exchange> _exchanges = [];
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, List<byte>> _uploads = [];
    private int _sessions;

    public Dictionary<string, byte[]> Blobs { get; } = [];

    public Dictionary<string, (byte[] Content, string MediaType)> Manifests { get; } = [];

    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>Answers instead of the registry; null lets it answer. It may throw as a connection does.</summary>
    public Func<Exchange, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>After how many bytes of its body a request is cut; null for none.</summary>
    public Func<Exchange, int?> CutUpload { get; set; } = _ => null;

    /// <summary>After how many bytes of its body an answer is cut; null for none.</summary>
    public Func<Exchange, int?> CutDownload { get; set; } = _ => null;

    /// <summary>Whether the answer is lost after the registry acted.</summary>
    public Func<Exchange, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Makes the Location of an upload from its path.</summary>
    public Func<string, string> Location { get; set; } = path => "http://registry.test:5000" + path;

    public long? LeastChunk { get; set; }

    /// <summary>Whether downloads honour Range.</summary>
    public bool Resumes { get; set; } = true;

    public static HttpResponseMessage Answer(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return response;
    }

    public Blob Add(Blob blob)
    {
        Blobs[blob.Digest.ToString()] = blob.Content;
        return blob;
    }

    public int Count(HttpMethod method) => _exchanges.Count(exchange => exchange.Method == method);

    /// <summary>Forgets all uploads under way, as a registry that starts anew does.</summary>
    public void Restart() => _uploads.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await RespondAsync(request, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _gate.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> RespondAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var range = request.Content?.Headers.TryGetValues("Content-Range", out var ranges) == true ? ranges.Single() : null;
        var exchange = new Exchange(
            request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), request.Headers.Range?.ToString(), range);
        _exchanges.Add(exchange);
        if (Before(exchange) is { } answer)
        {
            return answer;
        }

        cancellationToken.ThrowIfCancellationRequested();

        var (body, cut) = await ReceiveAsync(request.Content, CutUpload(exchange), cancellationToken);
        exchange.Received = body.Length;
        var response = Handle(exchange, request, body, cut);
        return cut || LosesAnswer(exchange) ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : response;
    }

    private static async Task<(byte[] Body, bool Cut)> ReceiveAsync(HttpContent? content, int? cut, CancellationToken cancellationToken)
    {
        using var received = new CuttingStream(cut ?? int.MaxValue);
        try
        {
            await (content?.CopyToAsync(received, cancellationToken) ?? Task.CompletedTask);
            return (received.ToArray(), false);
        }
        catch (HttpRequestException)
        {
            return (received.ToArray(), true);
        }
    }

    private HttpResponseMessage Handle(Exchange exchange, HttpRequestMessage request, byte[] body, bool cut)
    {
        var last = exchange.Path.Split('/')[^1];
        if (exchange.Path.EndsWith("/blobs/uploads/", StringComparison.Ordinal))
        {
            return Start();
        }

        if (exchange.Path.Contains("/uploads/", StringComparison.Ordinal))
        {
            return Upload(exchange, last, body, cut);
        }

        if (exchange.Path.EndsWith("/tags/list", StringComparison.Ordinal))
        {
            return Answer(
                200,
                $$"""{"name":"x","tags":[{{string.Join(',', Manifests.Keys.Where(key => !key.Contains(':', StringComparison.Ordinal)).Select(key => $"\"{key}\""))}}]}""");
        }

        return exchange.Path.Contains("/manifests/", StringComparison.Ordinal)
            ? Manifest(exchange, last, body, request.Content?.Headers.ContentType)
            : Download(exchange, last);
    }

    private HttpResponseMessage Start()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{++_sessions}");
        _uploads[id] = [];
        var response = Accepted(202, id);
        if (LeastChunk is { } least)
        {
            response.Headers.TryAddWithoutValidation("OCI-Chunk-Min-Length", least.ToString(CultureInfo.InvariantCulture));
        }

        return response;
    }

    private HttpResponseMessage Upload(Exchange exchange, string id, byte[] body, bool cut)
    {
        if (!_uploads.TryGetValue(id, out var bytes))
        {
            return Answer(404, """{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"unknown"}]}""");
        }

        if (exchange.Method == HttpMethod.Get)
        {
            return Accepted(204, id);
        }

        if (exchange.Method == HttpMethod.Delete)
        {
            _uploads.Remove(id);
            return Answer(204);
        }

        if (exchange.ContentRange is { } range && !range.StartsWith($"{bytes.Count}-", StringComparison.Ordinal))
        {
            return Answer(416);
        }

        bytes.AddRange(body);
        if (exchange.Method == HttpMethod.Patch || cut)
        {
            return Accepted(202, id);
        }

        var digest = exchange.Uri.Query.Split("digest=")[1];
        if (Digest.Of([.. bytes]).ToString() != digest)
        {
            return Answer(400, """{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"}]}""");
        }

        Blobs[digest] = [.. bytes];
        _uploads.Remove(id);
        return Answer(201);
    }

    private HttpResponseMessage Accepted(int status, string id) =>
        Answer(
            status, "", ("Location", Location($"/v2/team/mlops/blobs/uploads/{id}?state=a%2Fb")),
            ("Range", $"0-{Math.Max(0, _uploads[id].Count - 1)}"));

    private HttpResponseMessage Download(Exchange exchange, string digest)
    {
        if (!Blobs.TryGetValue(digest, out var content))
        {
            return Answer(404);
        }

        var from = Resumes && exchange.Range is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        if (from >= content.Length && from > 0)
        {
            return Answer(416);
        }

        var rest = content[from..];
        var response = Answer(from > 0 ? 206 : 200);
        response.Content = exchange.Method == HttpMethod.Head ? new ByteArrayContent([])
            : CutDownload(exchange) is { } cut ? new StreamContent(new CutStream(rest, Math.Min(cut, rest.Length)))
            : new ByteArrayContent(rest);
        response.Content.Headers.ContentRange = from > 0 ? new ContentRangeHeaderValue(from, content.Length - 1, content.Length) : null;
        return response;
    }

    private HttpResponseMessage Manifest(Exchange exchange, string reference, byte[] body, MediaTypeHeaderValue? mediaType)
    {
        if (exchange.Method == HttpMethod.Put)
        {
            var digest = Digest.Of(body).ToString();
            Manifests[reference] = Manifests[digest] = (body, mediaType!.ToString());
            return Answer(201, "", ("Docker-Content-Digest", digest));
        }

        if (!Manifests.TryGetValue(reference, out var manifest))
        {
            return Answer(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
        }

        var response = Answer(200, "", ("Docker-Content-Digest", Digest.Of(manifest.Content).ToString()));
        response.Content = new ByteArrayContent(manifest.Content);
        return response;
    }
}
