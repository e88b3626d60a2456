namespace MlOpsBuild.TestKit.Git;

/// <summary>What a server is told to do wrong.</summary>
internal sealed class GitHttpFaults
{
    private readonly Lock _gate = new();
    private readonly List<(Func<GitHttpRequest, bool> Which, TaskCompletionSource Released)> _hanging = [];
    private readonly List<Failure> _failures = [];

    /// <summary>Requests of which this is true wait until the result is disposed.</summary>
    public IDisposable Hang(Func<GitHttpRequest, bool> which)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _hanging.Add((which, released));
        }

        return new Release(this, released);
    }

    /// <summary>The next requests of which this is true fail.</summary>
    public void Fail(int count, int statusCode, Func<GitHttpRequest, bool> which)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        lock (_gate)
        {
            _failures.Add(new(count, statusCode, which));
        }
    }

    /// <summary>Complete when nothing holds the request any more.</summary>
    public Task PassAsync(GitHttpRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.WhenAll(_hanging.Where(hanging => hanging.Which(request)).Select(hanging => hanging.Released.Task))
                .WaitAsync(cancellationToken);
        }
    }

    /// <summary>The status the request is to fail with, or null.</summary>
    public int? FailureOf(GitHttpRequest request)
    {
        lock (_gate)
        {
            var failure = _failures.Find(failure => failure.Which(request));
            if (failure is not null && --failure.Left == 0)
            {
                _failures.Remove(failure);
            }

            return failure?.StatusCode;
        }
    }

    private sealed class Failure(int count, int statusCode, Func<GitHttpRequest, bool> which)
    {
        public int Left { get; set; } = count;

        public int StatusCode => statusCode;

        public Func<GitHttpRequest, bool> Which => which;
    }

    private sealed class Release(GitHttpFaults faults, TaskCompletionSource released) : IDisposable
    {
        public void Dispose()
        {
            lock (faults._gate)
            {
                faults._hanging.RemoveAll(hanging => hanging.Released == released);
            }

            released.TrySetResult();
        }
    }
}
