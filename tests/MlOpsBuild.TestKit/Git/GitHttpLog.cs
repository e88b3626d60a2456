namespace MlOpsBuild.TestKit.Git;

/// <summary>The requests of a server in the order of their arrival.</summary>
internal sealed class GitHttpLog
{
    private readonly Lock _gate = new();
    private readonly List<GitHttpRequest> _requests = [];
    private readonly List<(Func<GitHttpRequest, bool> Which, TaskCompletionSource<GitHttpRequest> Seen)> _waiting = [];

    /// <summary>What arrived so far.</summary>
    public IReadOnlyList<GitHttpRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Notes a request and returns its place.</summary>
    public int Add(GitHttpRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
            Tell(request);
            return _requests.Count - 1;
        }
    }

    /// <summary>Notes how the request at a place was answered.</summary>
    public void Answer(int place, int status)
    {
        lock (_gate)
        {
            _requests[place] = _requests[place] with { Status = status };
            Tell(_requests[place]);
        }
    }

    /// <summary>The first request of which this is true, now or later.</summary>
    public Task<GitHttpRequest> FirstAsync(Func<GitHttpRequest, bool> which, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_requests.FirstOrDefault(which) is { } seen)
            {
                return Task.FromResult(seen);
            }

            var later = new TaskCompletionSource<GitHttpRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((which, later));
            return later.Task.WaitAsync(cancellationToken);
        }
    }

    private void Tell(GitHttpRequest request)
    {
        foreach (var (which, seen) in _waiting)
        {
            if (which(request))
            {
                seen.TrySetResult(request);
            }
        }

        _waiting.RemoveAll(waiting => waiting.Seen.Task.IsCompleted);
    }
}
