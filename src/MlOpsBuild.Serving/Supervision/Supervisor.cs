using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Gateway;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Upstreams;

namespace MlOpsBuild.Serving.Supervision;

/// <summary>
/// Looks after the model servers in the routes: a process of ours that died or hangs is started again, with
/// growing pauses and not for ever.
/// </summary>
internal sealed class Supervisor(RouteStore routes, UpstreamClient client, ServerLog log, TimeProvider time) : IAsyncDisposable
{
    private const int SilentLooks = 3;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<(string? Host, int Port), ServerHealth> _health = [];
    private Task _work = Task.CompletedTask;
    private int _restarts;

    /// <summary>Servers started again so far.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    public void Start() => _work = WatchAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var upstreams = routes.Current.Upstreams.ToList();
            client.KeepOnly(upstreams);
            await Task.WhenAll(upstreams.Select(upstream => LookAsync(upstream, cancellationToken)));
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task LookAsync(Upstream upstream, CancellationToken cancellationToken)
    {
        if (!_health.TryGetValue(upstream.Address, out var health))
        {
            _health[upstream.Address] = health = new(time);
        }

        if (await client.IsAliveAsync(upstream, Patience, cancellationToken))
        {
            health.Answered();
            return;
        }

        if (upstream.OptionsFile == null)
        {
            // Somebody else starts it again; whoever asks for it learns here when it is back.
            return;
        }

        // A process that is gone is started again at once; one that is silent may only be busy.
        var process = new ModelProcess(upstream);
        if (++health.Silent < SilentLooks && process.IsRunning())
        {
            return;
        }

        if (health.MayStart())
        {
            Interlocked.Increment(ref _restarts);
            log.Write($"v{upstream.Version} on port {upstream.Port} does not answer: started again ({health.Describe()})");
            process.StartAgain(log);
        }
    }
}
