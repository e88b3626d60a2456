using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Gateway.Tests;

/// <summary>Values of feature views that a build brings, which shares no files with the gateway.</summary>
[Collection(nameof(LoopbackCollection))]
public sealed class GatewayViewEndpointTests : IDisposable
{
    private static readonly FieldRule Station = new("station", FieldKind.Text);
    private static readonly JoinedView Weather = new("weather", [Station], [new("Degrees", "degrees")]);
    private readonly GatewayWorld _world = new();
    private readonly TemporaryFolder _elsewhere = new();
    private readonly List<string> _received = [];

    public void Dispose()
    {
        _world.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task What_is_brought_is_looked_up_and_told_of()
    {
        await OpenAsync(Weather);
        (await _world.AdministerAsync("GET", "/admin/views?name=weather")).Status.ShouldBe(204);

        (await _world.AdministerAsync("PUT", "/admin/views?name=weather", await ContentAsync(1.5))).Status.ShouldBe(200);

        var (status, body) = await _world.AdministerAsync("GET", "/admin/views?name=weather");
        (status, (string?)JsonNode.Parse(body)!["snapshot"], (int?)JsonNode.Parse(body)!["count"]).ShouldBe((200, "sha256:1", 1));
        await _world.PostTextAsync("predict", """{"station":"north"}""");
        _received.ShouldBe(["""{"station":"north","degrees":1.5}"""]);
    }

    [Fact]
    public async Task What_is_not_whole_is_refused_and_changes_nothing()
    {
        await OpenAsync(Weather);
        var content = await ContentAsync(1.5);
        await _world.AdministerAsync("PUT", "/admin/views?name=weather", content);

        var (status, body) = await _world.AdministerAsync("PUT", "/admin/views?name=weather", content.Split('\n')[0] + "\n");

        status.ShouldBe(400);
        body.ShouldContain("MLB1302");
        await _world.PostTextAsync("predict", """{"station":"north"}""");
        _received.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?name=")]
    [InlineData("?name=..")]
    [InlineData("?name=../routes")]
    [InlineData("?name=a%2Fb")]
    public async Task A_name_leads_nowhere_else(string query)
    {
        await OpenAsync(Weather);

        (await _world.AdministerAsync("PUT", "/admin/views" + query, await ContentAsync(1))).Status.ShouldBe(400);
        (await _world.AdministerAsync("GET", "/admin/views" + query)).Status.ShouldBe(400);
        Directory.Exists(_world.Features).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task What_is_no_list_of_connections_is_refused(string body)
    {
        await OpenAsync(Weather);

        (await _world.AdministerAsync("PUT", "/admin/connections", body)).Body.ShouldContain("MLB5121");
        (await _world.AdministerAsync("DELETE", "/admin/connections", body)).Status.ShouldBe(404);
    }

    [RedisFact]
    public async Task A_connection_that_is_told_is_used_kept_to_oneself_and_may_change()
    {
        using var redis = await RedisServer.StartAsync();
        await using (var store = new RedisOnlineStore(redis.Connection, "Tiny.local", TimeProvider.System))
        {
            await store.WriteAsync(
                "weather", new("sha256:1", DateTimeOffset.UnixEpoch, 1, ["Degrees"]), [new("north", new(0, 0), ["1.5"])],
                CancellationToken.None);
        }

        await OpenAsync(Weather with { Store = OnlineStore.Redis("FEATURES") });
        (await _world.PostTextAsync("predict", """{"station":"north"}""")).ShouldContain("MLB1304");
        await ConnectAsync("127.0.0.1:1,connectTimeout=50");
        (await _world.PostTextAsync("predict", """{"station":"north"}""")).ShouldContain("MLB1301");

        (await ConnectAsync(redis.Connection)).ShouldBe("""{"names":["FEATURES"]}""");

        await _world.PostTextAsync("predict", """{"station":"north"}""");
        _received.ShouldBe(["""{"station":"north","degrees":1.5}"""]);
        _world.Log().ShouldNotContain(RedisServer.Password);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_world.Features, "connections.json"))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<string> ConnectAsync(string connection)
    {
        var body = new JsonObject { ["values"] = new JsonObject { ["FEATURES"] = connection } };
        var (status, answer) = await _world.AdministerAsync("PUT", "/admin/connections", body.ToJsonString());
        status.ShouldBe(200, answer);
        return answer;
    }

    private async Task<string> ContentAsync(double degrees)
    {
        await using var store = new FileOnlineStore(_elsewhere["features"], TimeProvider.System);
        await store.WriteAsync(
            "weather", new("sha256:1", DateTimeOffset.UnixEpoch, 1, ["Degrees"]),
            [new("north", new(0, 0), [degrees.ToString(System.Globalization.CultureInfo.InvariantCulture)])], CancellationToken.None);
        return Encoding.UTF8.GetString((await store.ContentAsync("weather", CancellationToken.None)).ShouldNotBeNull());
    }

    private async Task OpenAsync(JoinedView view)
    {
        var routes = GatewayWorld.Alone(1, await _world.ServeAsync(_received));
        await _world.OpenAsync(routes with
        {
            Baseline = routes.Baseline! with { Views = [view] },
            Contract = new([Station, new("degrees", FieldKind.Real, Optional: true)], []),
        });
    }
}
