using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;
using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.Page;
using MlOpsBuild.Dashboard.State;

namespace MlOpsBuild.Dashboard;

/// <summary>
/// Serves the page on the loopback address. The page itself is empty; what it shows, and what it does, needs the token in a header, which
/// no other site can send. Names that are not of this machine are refused, so that no site can pose as it (DNS rebinding).
/// </summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private const int LongestBody = 16 * 1024;
    private readonly DashboardOptions _options;
    private readonly IDashboardBuild _build;
    private readonly StateFeed _feed;
    private readonly DashboardAccess _access;
    private readonly HashSet<string> _busy = [];
    private readonly Lock _gate = new();
    private WebApplication? _host;

    /// <summary>A server that is not started yet.</summary>
    /// <param name="options">How.</param>
    /// <param name="build">The build behind it.</param>
    /// <param name="time">The clock.</param>
    public DashboardServer(DashboardOptions options, IDashboardBuild build, TimeProvider time)
    {
        (_options, _build, _access) = (options, build, new(options.Token));
        _feed = new(build, options.Pause, time);
    }

    /// <summary>Its port.</summary>
    public int Port { get; private set; }

    /// <summary>The page, with the token where no server and no log sees it.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/#{_options.Token}");

    /// <summary>Opens its port.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Listen(IPAddress.Loopback, _options.Port);
        });
        _host = builder.Build();
        _host.Run(AnswerAsync);
        await _host.StartAsync(cancellationToken);
        Port = new Uri(_host.Urls.First()).Port;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        if (_host != null)
        {
            await _host.StopAsync(CancellationToken.None);
            await _host.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response, stopping) = (context.Request, context.Response, context.RequestAborted);
        DashboardAccess.Harden(response);
        if (!DashboardAccess.IsOfThisMachine(request.Host))
        {
            await SayAsync(response, HttpStatusCode.MisdirectedRequest, "this is the page of another machine", stopping);
        }
        else if (request is { Method: "GET", Path.Value: "/" })
        {
            await DashboardPage.WriteAsync(response, stopping);
        }
        else if (!_access.Allows(request))
        {
            await SayAsync(
                response, HttpStatusCode.Unauthorized, "the token is needed: it stands in the address that was printed", stopping);
        }
        else
        {
            await ((request.Method, request.Path.Value) switch
            {
                ("GET", "/state") => _feed.WriteAsync(response, stopping),
                ("GET", "/tell") => TellAsync(request, response, stopping),
                ("POST", "/act") => ActAsync(request, response, stopping),
                _ => SayAsync(response, HttpStatusCode.NotFound, "there is nothing here", stopping),
            });
        }
    }

    private async Task TellAsync(HttpRequest request, HttpResponse response, CancellationToken cancellationToken)
    {
        var text = Enum.TryParse<VersionTopic>(request.Query["topic"], ignoreCase: true, out var topic)
            && int.TryParse(request.Query["version"], out var version)
            && request.Query["pipeline"].ToString() is var pipeline
            && (await _feed.NowAsync(cancellationToken)).Places.Any(place => place.Pipeline == pipeline)
            ? await _build.TellAsync(topic, pipeline, version, cancellationToken)
            : null;
        await (text == null
            ? SayAsync(response, HttpStatusCode.NotFound, "nothing is known of it", cancellationToken)
            : WriteAsync(response, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text), cancellationToken));
    }

    private async Task ActAsync(HttpRequest request, HttpResponse response, CancellationToken cancellationToken)
    {
        DashboardAct? act;
        try
        {
            act = await JsonSerializer.DeserializeAsync<DashboardAct>(request.Body, CanonicalJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            act = null;
        }

        if (ActCheck.ProblemOf(act, await _feed.NowAsync(cancellationToken)) is { } problem)
        {
            await SayAsync(response, HttpStatusCode.BadRequest, problem, cancellationToken);
            return;
        }

        var place = $"{act!.Pipeline}/{act.Environment}/{act.Kind}";
        if (!Take(place))
        {
            await SayAsync(response, HttpStatusCode.Conflict, "it is being done already", cancellationToken);
            return;
        }

        try
        {
            // Who closes the page takes nothing back: what was begun is finished.
            var answer = await _build.ActAsync(act with { Reason = act.Reason.Trim() }, CancellationToken.None);
            await WriteAsync(response, "application/json", CanonicalJson.Serialize(answer), cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _busy.Remove(place);
            }
        }
    }

    private bool Take(string place)
    {
        lock (_gate)
        {
            return _busy.Add(place);
        }
    }

    private static Task SayAsync(HttpResponse response, HttpStatusCode status, string problem, CancellationToken cancellationToken)
    {
        response.StatusCode = (int)status;
        return WriteAsync(response, "application/json", CanonicalJson.Serialize(new { error = problem }), cancellationToken);
    }

    private static async Task WriteAsync(HttpResponse response, string type, byte[] content, CancellationToken cancellationToken)
    {
        response.ContentType = type;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, cancellationToken);
    }
}
