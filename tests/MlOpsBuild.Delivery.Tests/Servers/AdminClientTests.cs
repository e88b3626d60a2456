using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers.Tests;

[Collection(nameof(ServerCollection))]
public sealed class AdminClientTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Administration_without_the_right_token_is_refused(string? token)
    {
        var server = await ServeAsync();
        using var http = new HttpClient();

        foreach (var (method, path) in new[] { (HttpMethod.Get, "id"), (HttpMethod.Get, "routes"), (HttpMethod.Post, "stop") })
        {
            using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{server.AdminPort}/admin/{path}"));
            request.Headers.Authorization = token == null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await _world.Admin.IsOursAsync(server, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Administration_is_not_on_the_port_for_predictions()
    {
        var server = await ServeAsync();

        (await _world.Admin.IsOursAsync(server with { AdminPort = server.Port }, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_knows_another_id_is_not_ours()
    {
        var server = await ServeAsync();

        (await _world.Admin.IsOursAsync(server with { Id = "another" }, CancellationToken.None)).ShouldBeFalse();
        (await _world.Admin.IsOursAsync(server with { Token = "another" }, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public async Task A_foreign_process_on_the_port_is_not_ours(string answer)
    {
        using var foreign = new TcpListener(IPAddress.Loopback, 0);
        foreign.Start();
        var answering = AnswerAsync(foreign, answer);
        var instance = new ServerInstance(
            "id", "token", Environment.ProcessId, 1, ((IPEndPoint)foreign.LocalEndpoint).Port, 1, DateTimeOffset.UnixEpoch, "/nowhere");

        (await _world.Admin.IsOursAsync(instance, CancellationToken.None)).ShouldBeFalse();

        await answering;
    }

    [Fact]
    public async Task A_killed_process_is_dead_and_answers_nothing()
    {
        var server = await ServeAsync();
        LocalWorld.Kill(server);

        (await _world.Admin.IsOursAsync(server, CancellationToken.None)).ShouldBeFalse();
        (await _world.Admin.RoutesAsync(server, CancellationToken.None)).ShouldBeNull();
        (await _world.Admin.TrafficAsync(server, 0, null, CancellationToken.None)).ShouldBeNull();
        (await _world.Admin.ReplaceAsync(server, new(0, RouteTable.Empty), CancellationToken.None)).ShouldBe((false, null));
    }

    [Fact]
    public async Task Who_does_not_say_what_it_has_of_a_view_is_not_taken_to_have_nothing()
    {
        var server = await ServeAsync();
        (await UnsaidAsync()).ShouldBe("Unknown address");
        LocalWorld.Kill(server);
        (await UnsaidAsync()).ShouldBe("no answer");

        async Task<string?> UnsaidAsync()
        {
            var problem = await Should.ThrowAsync<StageFailedException>(_world.Admin.ViewAsync(server, "weather", CancellationToken.None));
            problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5070");
            return problem.Findings[0].Value;
        }
    }

    [Fact]
    public async Task Cancelling_a_question_is_not_an_answer()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var server = new ServerInstance("id", "token", 1, 1, 1, 1, DateTimeOffset.UnixEpoch, "/nowhere");

        await Should.ThrowAsync<OperationCanceledException>(_world.Admin.IsOursAsync(server, stopped.Token));
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    private async Task<ServerInstance> ServeAsync() =>
        await _world.Launcher.ServeAsync(TinyModel.Pipeline, 1, await _world.ModelAsync(), null, CancellationToken.None);
}
