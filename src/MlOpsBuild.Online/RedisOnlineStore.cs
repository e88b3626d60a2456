using System.Text.Json;
using MlOpsBuild.Core;
using StackExchange.Redis;

namespace MlOpsBuild.Online;

/// <summary>
/// A Redis server: one hash for each view with a field for each key, and the state in the field without a name. Values are written into
/// another hash, which is then renamed; so one command finds the state and all keys as they belong together.
/// </summary>
public sealed class RedisOnlineStore : IOnlineStore
{
    private const int AtOnce = 1000;
    private const string Shown = "Redis";
    private static readonly RedisValue StateField = "";
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceOfBuilds = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Unfinished = TimeSpan.FromHours(1);
    private readonly ConfigurationOptions _options;
    private readonly string _prefix;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _connecting = new(1);
    private ConnectionMultiplexer? _connection;

    /// <summary>A store; it is connected to when it is asked first.</summary>
    /// <param name="connection">The connection string; it is shown nowhere.</param>
    /// <param name="prefix">Stands before the names of views: no two pipelines and environments have the same.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long a look-up may take; 2 s when left out.</param>
    /// <exception cref="UsageException">It is no connection string.</exception>
    public RedisOnlineStore(string connection, string prefix, TimeProvider time, TimeSpan? patience = null)
    {
        try
        {
            _options = ConfigurationOptions.Parse(connection);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or OverflowException)
        {
            throw new UsageException(new Finding(
                "MLB1303", "Not a connection string of Redis", Shown, "***", "host:port,password=…,ssl=true",
                "correct the environment variable"));
        }

        (_prefix, _time, _patience) = (prefix, time, patience ?? UsualPatience);
        (_options.AbortOnConnectFail, _options.BacklogPolicy) = (false, BacklogPolicy.FailFast);
        _options.ConnectTimeout = (int)_patience.TotalMilliseconds;
        _options.AsyncTimeout = _options.SyncTimeout = (int)PatienceOfBuilds.TotalMilliseconds;
        _options.ClientName = "mlops";
    }

    /// <inheritdoc />
    public async Task<OnlineState?> StateAsync(string view, CancellationToken cancellationToken) =>
        (await FindAsync([new(view, [])], PatienceOfBuilds, cancellationToken))[0].State;

    /// <inheritdoc />
    public Task WriteAsync(
        string view, OnlineState state, IReadOnlyCollection<OnlineValue> values, CancellationToken cancellationToken) =>
        AskAsync<bool>(PatienceOfBuilds, async redis =>
    {
        var next = (RedisKey)$"{KeyOf(view)}:{Guid.NewGuid():N}";
        await redis.HashSetAsync(next, [new(StateField, OnlineJson.Of(state))]);
        await redis.KeyExpireAsync(next, Unfinished);
        foreach (var some in values.Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await redis.HashSetAsync(next, [.. some.Select(value => new HashEntry(value.Key, OnlineJson.Of(value)))]);
        }

        var change = redis.CreateTransaction();
        Task[] done = [change.KeyPersistAsync(next), change.KeyRenameAsync(next, KeyOf(view))];
        var changed = await change.ExecuteAsync();
        await Task.WhenAll(done);
        return changed;
    }, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<OnlineAnswer>> FindAsync(IReadOnlyList<OnlineQuestion> questions, CancellationToken cancellationToken) =>
        FindAsync(questions, _patience, cancellationToken);

    private Task<IReadOnlyList<OnlineAnswer>> FindAsync(
        IReadOnlyList<OnlineQuestion> questions, TimeSpan patience, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<OnlineAnswer>>(patience, async redis =>
        {
            // All commands are sent before the first answer is waited for.
            List<Task<RedisValue[]>> asked =
            [
                .. questions.Select(question =>
                    redis.HashGetAsync(KeyOf(question.View), [StateField, .. question.Keys.Select(key => (RedisValue)key)])),
            ];
            return [.. (await Task.WhenAll(asked)).Select(found => new OnlineAnswer(
                found[0].IsNull ? null : OnlineJson.State((ReadOnlyMemory<byte>)found[0]),
                [.. found.Skip(1).Select(value => value.IsNull ? null : OnlineJson.Value((ReadOnlyMemory<byte>)value))]))];
        }, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        _connecting.Dispose();
    }

    private string KeyOf(string view) => $"mlops:{_prefix}:{view}";

    private async Task<T> AskAsync<T>(TimeSpan patience, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Answer().WaitAsync(patience, _time, cancellationToken);
        }
        catch (JsonException problem)
        {
            throw OnlineProblem.Damaged(Shown, problem);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw OnlineProblem.Silent(Shown, problem);
        }

        async Task<T> Answer() => await ask((await ConnectedAsync(cancellationToken)).GetDatabase());
    }

    // It connects again by itself; what is asked meanwhile fails at once.
    private async Task<ConnectionMultiplexer> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _connection) is { } known)
        {
            return known;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(_options);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
