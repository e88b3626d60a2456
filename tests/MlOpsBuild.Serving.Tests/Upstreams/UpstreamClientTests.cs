using System.Text;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Upstreams.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class UpstreamClientTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    private readonly UpstreamClient _client = new(new(), TimeProvider.System);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_request_carries_its_id_and_its_body_as_they_came()
    {
        using var server = new RawServer(_ => new(false, Ok));

        await AskAsync(server.Port, """{"hr": "é"}""");

        server.Requests.Single().ShouldBe(
            "POST /predict HTTP/1.1\r\nContent-Type: application/json\r\nX-Request-Id: id-1\r\nHost: 127.0.0.1\r\nContent-Length: 12\r\n\r\n{\"hr\": \"??\"}");
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_read_whole()
    {
        using var server = new RawServer(_ => new(false, [.. Ok.Select(character => character.ToString())]));

        var answer = await AskAsync(server.Port);

        (answer.Status, Encoding.ASCII.GetString(answer.Body.Span)).ShouldBe((200, "{}"));
    }

    [Fact]
    public async Task A_long_answer_is_read_whole()
    {
        var body = new string('7', 300_000);
        using var server = new RawServer(_ => new(false, $"HTTP/1.1 400 Bad Request\r\ncontent-LENGTH:300000\r\n\r\n{body}"));

        var answer = await AskAsync(server.Port);

        (answer.Status, answer.Body.Length, answer.Unreachable).ShouldBe((400, 300_000, false));
    }

    [Fact]
    public async Task Requests_one_after_the_other_share_a_connection()
    {
        using var server = new RawServer(_ => new(false, Ok));

        for (var i = 0; i < 5; i++)
        {
            (await AskAsync(server.Port)).Status.ShouldBe(200);
        }

        server.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}and more than it said")]
    public async Task A_connection_that_is_not_clean_is_not_used_again(string text)
    {
        using var server = new RawServer(_ => new(false, text));

        await AskAsync(server.Port);
        (await AskAsync(server.Port)).Status.ShouldBe(200);

        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_kept_connection_that_has_ended_costs_no_answer()
    {
        using var server = new RawServer(_ => new(true, Ok));

        for (var i = 0; i < 20; i++)
        {
            (await AskAsync(server.Port)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_request_is_sent_once_more_and_no_oftener()
    {
        using var server = new RawServer(asked => asked == 1 ? new(false, Ok) : new(true));

        await AskAsync(server.Port);
        var answer = await AskAsync(server.Port);

        (answer.Unreachable, server.Requests.Count).ShouldBe((true, 3));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}")]
    [InlineData("HTTP/1.1 2")]
    [InlineData("")]
    public async Task What_is_no_answer_of_a_model_server_is_none(string text)
    {
        using var server = new RawServer(_ => new(true, text));

        var answer = await AskAsync(server.Port);

        (answer.Status, answer.Unreachable).ShouldBe((502, true));
    }

    [Fact]
    public async Task A_head_without_an_end_is_not_read_for_ever()
    {
        using var server = new RawServer(_ => new(false, "HTTP/1.1 200 OK\r\n" + new string('x', 100_000)));

        (await AskAsync(server.Port)).Unreachable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_hangs_is_no_answer_after_the_time_given()
    {
        using var server = new RawServer(_ => new(false));

        (await _client.IsAliveAsync(new(1, server.Port), TimeSpan.FromMilliseconds(50), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_on_the_port_is_no_answer() => (await AskAsync(Scripted.ClosedPort())).Unreachable.ShouldBeTrue();

    [Fact]
    public async Task A_caller_who_leaves_ends_the_request()
    {
        using var server = new RawServer(_ => new(false));
        using var leaving = new CancellationTokenSource();

        var asking = _client.PredictAsync(new(1, server.Port), "{}"u8.ToArray(), "id-1", leaving.Token);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    [Fact]
    public async Task Connections_to_a_server_that_left_the_routes_are_closed()
    {
        using var server = new RawServer(_ => new(false, Ok));
        await AskAsync(server.Port);

        _client.KeepOnly([]);
        await AskAsync(server.Port);

        server.Connections.ShouldBe(2);
    }

    private Task<UpstreamAnswer> AskAsync(int port, string body = "{}") =>
        _client.PredictAsync(new(1, port), Encoding.UTF8.GetBytes(body), "id-1", CancellationToken.None);
}
