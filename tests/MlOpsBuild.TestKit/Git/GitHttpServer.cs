using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.TestKit.Git;

/// <summary>
/// A git host on a free loopback port: bare repositories over smart HTTP by the real <c>git http-backend</c>, with users, a list of what
/// was asked, and failures on demand. What it refuses it refuses as GitHub does.
/// </summary>
public sealed class GitHttpServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackPort _port = new();
    private readonly GitHttpLog _log = new();
    private readonly GitHttpFaults _faults = new();
    private readonly ConcurrentDictionary<string, string> _repositories = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<GitHttpUser> _users;
    private GitHttpBackend _backend = null!;
    private GitHttpListener? _listener;

    private GitHttpServer(IReadOnlyList<GitHttpUser> users) => _users = users;

    /// <summary>What arrived so far, in this order.</summary>
    public IReadOnlyList<GitHttpRequest> Requests => _log.Requests;

    /// <summary>Starts a server that lets in these users and nobody else.</summary>
    public static async Task<GitHttpServer> StartAsync(IReadOnlyList<GitHttpUser> users, CancellationToken cancellationToken)
    {
        var server = new GitHttpServer(users);
        try
        {
            server._backend = await GitHttpBackend.FindAsync(new GitClient(server._folder["home"]), server._folder.Path, cancellationToken);
            await server.AcceptConnectionsAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Serves a repository under a name, such as <c>team/shared.git</c>; it stays the caller's.</summary>
    public void Serve(string name, GitRepository repository) => _repositories[name] = repository.Folder;

    /// <summary>The address of the repository of this name, whether or not there is one.</summary>
    public Uri UrlFor(string name) => new($"http://127.0.0.1:{_port.Number}/{name}");

    /// <summary>The same with a user and a password in it.</summary>
    public Uri UrlFor(string name, string user, string password) =>
        new($"http://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@127.0.0.1:{_port.Number}/{name}");

    /// <summary>The first request of which this is true, now or later; it may have no status yet.</summary>
    public Task<GitHttpRequest> FirstRequestAsync(Func<GitHttpRequest, bool> which, CancellationToken cancellationToken) =>
        _log.FirstAsync(which, cancellationToken);

    /// <summary>Closes the port: what is connected is cut, and who connects is refused.</summary>
    public async Task RefuseConnectionsAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.StopAsync(cancellationToken);
        }
    }

    /// <summary>Opens the same port again.</summary>
    public async Task AcceptConnectionsAsync(CancellationToken cancellationToken) =>
        _listener ??= await GitHttpListener.StartAsync(_port.Number, HandleAsync, cancellationToken);

    /// <summary>
    /// From now on requests of which this is true are accepted and not answered until the result is disposed; then
    /// they go on as if nothing had been.
    /// </summary>
    public IDisposable HangFor(Func<GitHttpRequest, bool> which) => _faults.Hang(which);

    /// <summary>
    /// The next <paramref name="count"/> requests fail with this status. Git asks first without its password, and
    /// gives up at the first failure.
    /// </summary>
    public void FailNext(int count, int statusCode) => FailNext(count, statusCode, _ => true);

    /// <summary>The next <paramref name="count"/> requests of which this is true fail with this status.</summary>
    public void FailNext(int count, int statusCode, Func<GitHttpRequest, bool> which) => _faults.Fail(count, statusCode, which);

    /// <inheritdoc />
    public void Dispose()
    {
        // On another thread, since the test's own may be the only one its continuations are allowed on.
        Task.Run(() => RefuseConnectionsAsync(CancellationToken.None)).GetAwaiter().GetResult();
        _port.Dispose();
        _folder.Dispose();
    }

    private async Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (name, password) = Credentials(context.Request);
        var request = new GitHttpRequest(
            context.Request.Method, context.Request.Path.Value ?? "", context.Request.QueryString.Value ?? "", name, Status: null);
        var place = _log.Add(request);
        await _faults.PassAsync(request, cancellationToken);
        var user = _users.FirstOrDefault(user => user.Name == name && user.Password == password);
        if (_faults.FailureOf(request) is { } status)
        {
            await RefuseAsync(status, "Told to fail.");
        }
        else if (user is null)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            await RefuseAsync(StatusCodes.Status401Unauthorized, "Invalid username or password.");
        }
        else if (_repositories.FirstOrDefault(served => request.Path.StartsWith($"/{served.Key}/", StringComparison.Ordinal))
            is not { Key: { } repository, Value: var folder })
        {
            await RefuseAsync(StatusCodes.Status404NotFound, "Repository not found.");
        }
        else if (request.IsPush && user.Right != GitHttpRight.Write)
        {
            await RefuseAsync(StatusCodes.Status403Forbidden, $"Permission to {repository} denied to {user.Name}.");
        }
        else
        {
            await _backend.ServeAsync(
                context, folder + request.Path[(repository.Length + 1)..], user.Name, answer => _log.Answer(place, answer),
                cancellationToken);
        }

        // Git shows a plain text to the user, line by line, after "remote:".
        async Task RefuseAsync(int status, string text)
        {
            _log.Answer(place, status);
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(text + "\n", cancellationToken);
        }
    }

    private static (string? Name, string? Password) Credentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Parameter: { } parameter }
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(parameter)).Split(':', 2);
        return (parts[0], parts[^1]);
    }
}
