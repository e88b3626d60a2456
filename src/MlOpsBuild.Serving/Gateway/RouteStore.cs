using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>
/// The routes in force. Every change is made from the generation that was read or not at all; a version on trial keeps its share only
/// as long as somebody renews the lease. What is in force is kept in a file, from which a gateway that starts again goes on.
/// </summary>
internal sealed class RouteStore : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ServerLog _log;
    private readonly ITimer _watch;
    private RouteTable _current;
    private long _renewed;
    private long _written;

    public RouteStore(string file, TimeProvider time, ServerLog log)
    {
        (_file, _time, _log) = (file, time, log);
        _current = Read(file, log);
        _renewed = time.GetTimestamp();
        _written = _current.Generation;
        _watch = time.CreateTimer(_ => Watch(), null, LookEvery, LookEvery);
    }

    public RouteTable Current => Volatile.Read(ref _current);

    /// <summary>
    /// The routes in force after the attempt; they are <paramref name="next"/> only when <paramref name="expected"/> was in force.
    /// </summary>
    public (bool Done, RouteTable Current) Replace(long expected, RouteTable next)
    {
        lock (_gate)
        {
            if (_current.Generation != expected)
            {
                return (false, _current);
            }

            _renewed = _time.GetTimestamp();
            Volatile.Write(ref _current, next with { Generation = expected + 1 });
        }

        Keep();
        return (true, Current);
    }

    /// <summary>Lets the version on trial keep its share.</summary>
    public void Renew(long generation)
    {
        lock (_gate)
        {
            _renewed = generation == _current.Generation ? _time.GetTimestamp() : _renewed;
        }
    }

    public void Dispose() => _watch.Dispose();

    // Nobody renews the lease of a trial that a gateway knows only from its file.
    private static RouteTable Read(string file, ServerLog log)
    {
        try
        {
            return File.Exists(file)
                ? EndLease(
                    CanonicalJson.Deserialize<RouteTable>(File.ReadAllBytes(file)), "the gateway started again", DateTimeOffset.UnixEpoch)
                : RouteTable.Empty;
        }
        catch (JsonException problem)
        {
            log.Write($"the routes file is damaged: {problem.Message}");
            return RouteTable.Empty;
        }
    }

    private static RouteTable EndLease(RouteTable routes, string reason, DateTimeOffset at) => routes.Canary is not { } trial ? routes
        : routes.WithoutTrial(
            new($"lease-{routes.Generation}", RouteChangeKind.LeaseEnded, trial.Version, routes.Baseline?.Version, "gateway", reason, at))
            with { Generation = routes.Generation + 1 };

    private void Watch()
    {
        lock (_gate)
        {
            if (_current.Canary is { } trial && _time.GetElapsedTime(_renewed) > TimeSpan.FromSeconds(_current.LeaseSeconds))
            {
                _log.Write($"nobody renewed the lease of v{trial.Version} for {_current.LeaseSeconds} s: it gets no more requests");
                Volatile.Write(
                    ref _current, EndLease(_current, $"its lease of {_current.LeaseSeconds} s was not renewed", _time.GetUtcNow()));
            }
        }

        Keep();
    }

    // Traffic has moved already: a disk that is full is tried again at the next look.
    private void Keep()
    {
        lock (_writing)
        {
            var routes = Current;
            if (routes.Generation == _written)
            {
                return;
            }

            try
            {
                PrivateFile.Write(_file, CanonicalJson.Serialize(routes));
                _written = routes.Generation;
                _log.Write($"routes {routes.Generation}: {routes.Change?.Kind}, v{routes.Baseline?.Version} {100 - routes.CanaryPercent} %, v{routes.Canary?.Version} {routes.CanaryPercent} %");
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                _log.Write($"the routes in force cannot be kept: {problem.Message}");
            }
        }
    }
}
