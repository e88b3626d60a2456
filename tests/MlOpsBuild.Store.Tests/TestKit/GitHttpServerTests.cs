using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.TestKit.Tests;

public sealed class GitHttpServerTests : IAsyncLifetime, IDisposable
{
    private const string Name = "team/shared.git";
    private static readonly GitHttpUser Writer = new("writer", "secret: p@ss/word%41 ü", GitHttpRight.Write);
    private static readonly GitHttpUser Reader = new("reader", "public", GitHttpRight.Read);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private GitRepository _repository = null!;
    private GitHttpServer _server = null!;

    private CancellationToken Token => _limit.Token;

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(allowFilters: true, Token);
        _server = await GitHttpServer.StartAsync([Writer, Reader], Token);
        _server.Serve(Name, _repository);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server?.Dispose();
        _repository?.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_writer_clones_pushes_and_fetches()
    {
        await _repository.CommitAsync([("a.txt", "1")], "first", Token);
        var one = await CloneAsync(Writer, "one");
        var other = await CloneAsync(Writer, "other");

        var commit = await one.CommitAsync([("a.txt", "2")], "second", Token);
        await one.RunAsync(["push", "--quiet", "origin", "main"], Token);
        await other.RunAsync(["pull", "--quiet", "--ff-only"], Token);

        (await other.RunAsync(["rev-parse", "HEAD"], Token)).ShouldBe(commit);
        (await _repository.RunAsync(["rev-parse", "main"], Token)).ShouldBe(commit);
    }

    [Fact]
    public async Task A_reader_clones_and_does_not_push()
    {
        var first = await _repository.CommitAsync([("a.txt", "1")], "first", Token);
        var clone = await CloneAsync(Reader, "clone");
        await clone.CommitAsync([("a.txt", "2")], "second", Token);

        var exception = await Should.ThrowAsync<GitException>(() => clone.RunAsync(["push", "origin", "main"], Token));

        exception.ExitCode.ShouldBe(128);
        exception.StandardError.ShouldBe(
            $"remote: Permission to {Name} denied to reader.\nfatal: unable to access '{_server.UrlFor(Name)}/': The requested URL returned error: 403\n");
        _server.Requests[^1].ShouldBe(new("GET", $"/{Name}/info/refs", "?service=git-receive-pack", "reader", 403));
        (await _repository.RunAsync(["rev-parse", "main"], Token)).ShouldBe(first);
    }

    [Fact]
    public async Task A_reader_that_does_not_ask_first_is_refused_too()
    {
        using var answer = await PostAsync(Reader, "git-receive-pack", new ByteArrayContent("0000"u8.ToArray()));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("writer", "wrong")]
    [InlineData("nobody", "public")]
    [InlineData("writer", "public")]
    public async Task A_wrong_password_is_refused(string user, string password)
    {
        var exception = await Should.ThrowAsync<GitException>(() => _repository.RunAsync(
            ["ls-remote", _server.UrlFor(Name, user, password).AbsoluteUri], Token));

        exception.ExitCode.ShouldBe(128);
        exception.StandardError.ShouldBe(
            $"remote: Invalid username or password.\nfatal: Authentication failed for '{_server.UrlFor(Name)}/'\n");
        _server.Requests.ShouldAllBe(request => request.Status == 401);
        _server.Requests[^1].User.ShouldBe(user);
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_user()
    {
        var exception =
            await Should.ThrowAsync<GitException>(() => _repository.RunAsync(["ls-remote", _server.UrlFor(Name).AbsoluteUri], Token));

        exception.StandardError.ShouldBe(
            $"fatal: could not read Username for '{_server.UrlFor("").AbsoluteUri.TrimEnd('/')}': terminal prompts disabled\n");
        _server.Requests.ShouldBe([new("GET", $"/{Name}/info/refs", "?service=git-upload-pack", null, 401)]);
    }

    [Theory]
    [InlineData("team/other.git")]
    [InlineData("team/shared")]
    [InlineData("shared.git")]
    public async Task A_repository_that_is_not_served_is_not_found(string name)
    {
        var address = _server.UrlFor(name, Writer.Name, Writer.Password).AbsoluteUri;

        var exception = await Should.ThrowAsync<GitException>(() => _repository.RunAsync(["ls-remote", address], Token));

        exception.StandardError.ShouldBe($"remote: Repository not found.\nfatal: repository '{_server.UrlFor(name)}/' not found\n");
    }

    [Fact]
    public async Task Several_repositories_are_served_side_by_side()
    {
        using var other = await GitRepository.CreateAsync(Token);
        _server.Serve("team/shared.git2", other);
        var commit = await other.CommitAsync([], "of the other", Token);

        (await other.RunAsync(["ls-remote", _server.UrlFor("team/shared.git2", Reader.Name, Reader.Password).AbsoluteUri, "main"], Token))
            .ShouldBe($"{commit}\trefs/heads/main");
    }

    [Fact]
    public async Task A_pack_larger_than_any_buffer_goes_both_ways()
    {
        var clone = await CloneAsync(Writer, "clone");
        var commit = await clone.CommitAsync(
            [("large.txt", Convert.ToBase64String(RandomNumberGenerator.GetBytes(8_000_000)))], "large", Token);

        // Above http.postBuffer, one megabyte, git sends chunks.
        await clone.RunAsync(["push", "--quiet", "origin", "main"], Token);
        var other = await CloneAsync(Reader, "other");

        (await other.RunAsync(["rev-parse", "HEAD"], Token)).ShouldBe(commit);
        await other.RunAsync(["fsck", "--full"], Token);
    }

    [Fact]
    public async Task A_fetch_with_many_branches_is_answered()
    {
        // Git compresses a question of more than one kilobyte.
        var branches = Enumerable.Range(0, 40).ToList();
        foreach (var branch in branches)
        {
            var commit = await _repository.CommitAsync([("a.txt", $"{branch}")], $"{branch}", Token);
            await _repository.RunAsync(["update-ref", $"refs/heads/b{branch}", commit], Token);
        }

        var clone = await CloneAsync(Reader, "clone");

        (await clone.RunAsync(["for-each-ref", "--format=%(refname)", "refs/remotes/origin/b*"], Token))
            .Split('\n')
            .Length.ShouldBe(branches.Count);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_body_is_understood_compressed_and_in_chunks_and_the_protocol_is_passed_on(bool compressed, bool chunked)
    {
        var commit = await _repository.CommitAsync([], "first", Token);
        var body = "0014command=ls-refs\n00010000"u8.ToArray();
        using var content = new ByteArrayContent(compressed ? Compress(body) : body);
        content.Headers.ContentType = new("application/x-git-upload-pack-request");
        if (compressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var answer = await PostAsync(Reader, "git-upload-pack", content, chunked);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-git-upload-pack-result");
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain($"{commit} refs/heads/main\n");
    }

    [Fact]
    public async Task Large_files_can_be_left_out_and_fetched_by_their_digest()
    {
        await _repository.CommitAsync([("a.txt", "1")], "first", Token);
        var clone = await CloneAsync(Reader, "clone");
        await _repository.CommitAsync([("small.txt", "2"), ("large.txt", new string('y', 2000))], "second", Token);
        var large = await _repository.RunAsync(["rev-parse", "main:large.txt"], Token);

        await clone.RunAsync(["fetch", "--quiet", "--filter=blob:limit=1k", "--depth=1", "origin", "main"], Token);
        (await clone.RunAsync(["rev-list", "--objects", "--missing=print", "FETCH_HEAD"], Token))
            .Split('\n')
            .Where(line => line.StartsWith('?'))
            .ShouldBe([$"?{large}"]);

        await clone.RunAsync(
            ["-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin", large], Token);
        (await clone.RunAsync(["cat-file", "-s", large], Token)).ShouldBe("2000");
    }

    [Fact]
    public async Task Twenty_clone_at_once()
    {
        var commit = await _repository.CommitAsync(
            [("a.txt", Convert.ToBase64String(RandomNumberGenerator.GetBytes(1_000_000)))], "first", Token);

        var clones = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => CloneAsync(Reader, $"{number}")));

        (await Task.WhenAll(clones.Select(clone => clone.RunAsync(["rev-parse", "HEAD"], Token)))).ShouldAllBe(head => head == commit);
        _server.Requests.Count(request => request is { Method: "POST", User: "reader", Status: 200 }).ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task Of_twenty_that_push_to_one_branch_at_once_one_wins()
    {
        var first = await _repository.CommitAsync([], "first", Token);
        var clones = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => CloneAsync(Writer, $"{number}")));

        var pushed = await Task.WhenAll(clones.Select(async clone =>
        {
            var commit = await clone.CommitAsync([], "mine", Token);
            try
            {
                await clone.RunAsync(
                    ["push", "--porcelain", $"--force-with-lease=refs/heads/main:{first}", "origin", "HEAD:refs/heads/main"], Token);
                return commit;
            }
            catch (GitException exception)
                when (exception is { ExitCode: 1 } && exception.StandardOutput.Contains("rejected] (", StringComparison.Ordinal))
            {
                return null;
            }
        }));

        pushed.OfType<string>().ShouldBe([await _repository.RunAsync(["rev-parse", "main"], Token)]);
    }

    [Fact]
    public async Task An_answer_is_heard_while_it_is_being_made_and_before_the_question_has_ended()
    {
        using var line = new HeldLine();
        var commit = await _repository.CommitAsync([], "first", Token);
        await _repository.RunAsync(["branch", "side", "main"], Token);
        HookThatHolds(line, "Checking");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.UrlFor(Name).Port, Token);

        // The deletion of a branch, in one chunk that is not the last.
        var command = $"{commit} {new string('0', 40)} refs/heads/side\0report-status side-band-64k";
        var chunk = $"{command.Length + 4:x4}{command}0000";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /{Name}/git-receive-pack HTTP/1.1\r\nHost: localhost\r\nAuthorization: {Credentials(Writer)}\r\n" +
            $"Content-Type: application/x-git-receive-pack-request\r\nTransfer-Encoding: chunked\r\n\r\n{chunk.Length:x}\r\n{chunk}\r\n"),
                Token);

        using var call = await line.AnswerAsync(Token);
        var heard = "";
        var bytes = new byte[1024];
        while (!heard.Contains("Checking", StringComparison.Ordinal))
        {
            var count = await client.GetStream().ReadAsync(bytes, Token);
            count.ShouldBeGreaterThan(0, heard);
            heard += Encoding.Latin1.GetString(bytes, 0, count);
        }

        heard.ShouldStartWith("HTTP/1.1 200 OK\r\n");
    }

    [Fact]
    public async Task Nothing_it_started_outlives_it()
    {
        using var line = new HeldLine();
        var first = await _repository.CommitAsync([], "first", Token);
        HookThatHolds(line, "Checking");
        var clone = await CloneAsync(Writer, "clone");
        await clone.CommitAsync([], "second", Token);
        var pushing = clone.RunAsync(["push", "origin", "main"], Token);
        using var call = await line.AnswerAsync(Token);

        _server.Dispose();

        await call.ClosedAsync(Token);
        await Should.ThrowAsync<GitException>(() => pushing);
        (await _repository.RunAsync(["rev-parse", "main"], Token)).ShouldBe(first);
    }

    [Fact]
    public async Task What_a_client_that_gave_up_had_started_ends()
    {
        using var line = new HeldLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await _repository.CommitAsync([], "first", Token);
        HookThatHolds(line, "Checking");
        var clone = await CloneAsync(Writer, "clone");
        await clone.CommitAsync([], "second", Token);
        var pushing = clone.RunAsync(["push", "origin", "main"], patience.Token);
        using var call = await line.AnswerAsync(Token);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => pushing);
        await call.ClosedAsync(Token);
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    private static AuthenticationHeaderValue Credentials(GitHttpUser user) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Name}:{user.Password}")));

    private Task<GitClone> CloneAsync(GitHttpUser user, string folder) =>
        _repository.CloneAsync(_server.UrlFor(Name, user.Name, user.Password), folder, depth: null, detached: false, Token);

    private async Task<HttpResponseMessage> PostAsync(GitHttpUser user, string service, HttpContent content, bool chunked = false)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_server.UrlFor(Name)}/{service}")) { Content = content };
        request.Headers.Authorization = Credentials(user);
        request.Headers.Add("Git-Protocol", "version=2");
        request.Headers.TransferEncodingChunked = chunked;
        return await client.SendAsync(request, Token);
    }

    // What is pushed is refused in the end, and not before somebody hangs up.
    private void HookThatHolds(HeldLine line, string message)
    {
        var hooks = Directory.CreateDirectory(Path.Combine(_repository.Folder, "hooks")).FullName;
        var hook = Path.Combine(hooks, "pre-receive");
        File.WriteAllText(hook, $"#!/bin/sh\necho {message}\ngit ls-remote {line.Address}\nexit 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
