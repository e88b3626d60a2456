using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
    private GatewayServer _gateway = null!;

    public static BadEventLimits Limits { get; } = new(5000, 10, 10);

    public HttpClient Http { get; } = new();

    public Uri Address { get; private set; } = null!;

    public async Task<int> ServeAsync(RequestDelegate handler)
    {
        var host = await Loopback.StartAsync(handler);
        _hosts.Add(host);
        return host.Port;
    }

    public async Task OpenAsync(RouteTable routes, long seed = 1)
    {
        _log = new(_folder["server.log"], TimeProvider.System);
        _gateway = new(new(new("id", "token", _folder["ready.json"], _folder["server.log"]), "Tiny", 0, seed, routes), TimeProvider.System, _log);
        await _gateway.StartAsync(CancellationToken.None);
        var host = await Loopback.StartAsync(_gateway.HandleAsync);
        _hosts.Insert(0, host);
        Address = host.Address;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path));
        request.Content = Scripted.Json(body);
        if (id != null)
        {
            request.Headers.Add(ServerHeaders.RequestId, id);
        }

        return await Http.SendAsync(request);
    }

    public async Task<string> PostTextAsync(string path, string body, string? id = null)
    {
        using var answer = await PostAsync(path, body, id);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(Address, path));

    /// <summary>Replaces the routes as the admin endpoint does.</summary>
    public Task RouteAsync(RouteTable routes) => AdministerAsync("PUT", "/admin/routes", JsonSerializer.Serialize(routes, JsonAnswer.OneLine));

    public async Task<IReadOnlyList<EpochCounts>> CountsAsync() =>
        JsonSerializer.Deserialize<IReadOnlyList<EpochCounts>>((await AdministerAsync("GET", "/admin/counts")).Body, JsonAnswer.OneLine)!;

    public async Task<(int Status, string Body)> AdministerAsync(string method, string path, string body = "")
    {
        var context = new DefaultHttpContext();
        using var answer = new MemoryStream();
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, path, answer);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        await _gateway.AdministerAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    public void Dispose()
    {
        Http.Dispose();
        _hosts.ForEach(host => host.Dispose());
        _gateway.DisposeAsync().AsTask().Wait();
        _log.Dispose();
        _folder.Dispose();
    }
}
