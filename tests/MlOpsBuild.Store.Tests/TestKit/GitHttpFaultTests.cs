using System.Net;
using System.Net.Sockets;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.TestKit.Tests;

public sealed class GitHttpFaultTests : IAsyncLifetime, IDisposable
{
    private const string Name = "shared.git";

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private GitRepository _repository = null!;
    private GitHttpServer _server = null!;

    private CancellationToken Token => _limit.Token;

    private string Address => _server.UrlFor(Name, "writer", "secret").AbsoluteUri;

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(Token);
        _server = await GitHttpServer.StartAsync([new("writer", "secret", GitHttpRight.Write)], Token);
        _server.Serve(Name, _repository);
        await _repository.CommitAsync([], "first", Token);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server?.Dispose();
        _repository?.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Connections_are_refused_and_accepted_again_on_the_same_port()
    {
        var address = Address;
        for (var time = 0; time < 3; time++)
        {
            await _server.RefuseConnectionsAsync(Token);
            var exception = await Should.ThrowAsync<GitException>(() => AskAsync(address));
            exception.StandardError.ShouldStartWith(
                $"fatal: unable to access '{_server.UrlFor(Name)}/': Failed to connect to 127.0.0.1 port {_server.UrlFor(Name).Port} after ");
            exception.StandardError.ShouldEndWith(" ms: Couldn't connect to server\n");

            await _server.AcceptConnectionsAsync(Token);
            await AskAsync(address);
        }
    }

    [Fact]
    public async Task To_refuse_or_to_accept_twice_is_to_do_it_once()
    {
        await _server.AcceptConnectionsAsync(Token);
        await AskAsync(Address);
        await _server.RefuseConnectionsAsync(Token);
        await _server.RefuseConnectionsAsync(Token);

        (await ConnectAsync()).ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task Connections_are_refused_at_once_even_while_processes_are_being_started()
    {
        // A process that is being started has its parent's sockets for a moment.
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var starting = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await _repository.RunAsync(["--version"], Token);
            }
        })).ToList();

        for (var time = 0; time < 100; time++)
        {
            await _server.RefuseConnectionsAsync(Token);
            (await ConnectAsync()).ShouldBe(SocketError.ConnectionRefused);
            await _server.AcceptConnectionsAsync(Token);
            (await ConnectAsync()).ShouldBe(SocketError.Success);
        }

        await done.CancelAsync();
        await Task.WhenAll(starting);
    }

    [Fact]
    public async Task Who_is_being_answered_when_connections_are_refused_is_cut_off()
    {
        using var hanging = _server.HangFor(request => request is { Method: "POST" });
        var asking = AskAsync(Address);
        await _server.FirstRequestAsync(request => request is { Method: "POST" }, Token);

        await _server.RefuseConnectionsAsync(Token);

        (await Should.ThrowAsync<GitException>(() => asking)).StandardError.ShouldContain("error: RPC failed; curl ");
        _server.Requests[^1].Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_hanging_server_is_given_up_by_a_client_that_wants_to_see_progress()
    {
        using var hanging = _server.HangFor(_ => true);

        var exception =
            await Should.ThrowAsync<GitException>(() => AskAsync(Address, "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=1"));

        exception.StandardError.ShouldBe(
            $"fatal: unable to access '{_server.UrlFor(Name)}/': Operation too slow. Less than 1 bytes/sec transferred the last 1 seconds\n");
        _server.Requests.Single().Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_hanging_server_goes_on_where_it_was_when_it_is_released()
    {
        Task<string> asking;
        using (_server.HangFor(request => request is { Method: "POST", IsFetch: true }))
        {
            asking = AskAsync(Address);
            await _server.FirstRequestAsync(request => request is { Method: "POST" }, Token);
            asking.IsCompleted.ShouldBeFalse();
        }

        (await asking).ShouldContain("refs/heads/main");
        (await AskAsync(Address)).ShouldContain("refs/heads/main");
    }

    [Fact]
    public async Task A_hanging_server_can_be_disposed()
    {
        _server.HangFor(_ => true);
        var asking = AskAsync(Address);
        await _server.FirstRequestAsync(_ => true, Token);

        _server.Dispose();

        await Should.ThrowAsync<GitException>(() => asking);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task The_next_requests_fail_and_no_more(int status)
    {
        _server.FailNext(2, status);

        for (var time = 0; time < 2; time++)
        {
            (await Should.ThrowAsync<GitException>(() => AskAsync(Address))).StandardError
                .ShouldBe($"remote: Told to fail.\nfatal: unable to access '{_server.UrlFor(Name)}/': The requested URL returned error: {status}\n");
        }

        await AskAsync(Address);
        _server.Requests.Take(2).ShouldAllBe(request => request.Status == status);
    }

    [Fact]
    public async Task Only_the_requests_that_are_meant_fail()
    {
        var clone = await _repository.CloneAsync(_server.UrlFor(Name, "writer", "secret"), "clone", depth: null, detached: false, Token);
        var commit = await clone.CommitAsync([], "second", Token);
        _server.FailNext(1, 503, request => request is { Method: "POST", IsPush: true });

        await clone.RunAsync(["fetch", "--quiet"], Token);
        var exception = await Should.ThrowAsync<GitException>(() => clone.RunAsync(["push", "origin", "main"], Token));
        exception.ExitCode.ShouldBe(1);
        exception.StandardError.ShouldContain("error: RPC failed; HTTP 503 ");

        await clone.RunAsync(["push", "--quiet", "origin", "main"], Token);
        (await _repository.RunAsync(["rev-parse", "main"], Token)).ShouldBe(commit);
    }

    [Fact]
    public async Task A_request_that_never_comes_is_waited_for_until_one_gives_up()
    {
        using var patience = new CancellationTokenSource();
        var waiting = _server.FirstRequestAsync(request => request.Path == "/never", patience.Token);
        await AskAsync(Address);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    private async Task<SocketError> ConnectAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _server.UrlFor(Name).Port, Token);
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    private Task<string> AskAsync(string address, params string[] options) =>
        _repository.RunAsync([.. options, "ls-remote", address], Token);
}
