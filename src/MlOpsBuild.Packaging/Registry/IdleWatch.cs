namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// Cancels an exchange on which nothing moves. It runs on the system's timer, as <see cref="HttpClient.Timeout"/> does: it
/// guards input and output and decides nothing else.
/// </summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    public IdleWatch(TimeSpan limit, CancellationToken cancellationToken)
    {
        (_limit, _caller) = (limit, cancellationToken);
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Heard();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was silence that cancelled, and not the caller.</summary>
    public bool TimedOut => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public TransientFailureException Failure => new($"nothing heard for {_limit.TotalSeconds:0.###} s", answered: false);

    /// <summary>Something moved.</summary>
    public void Heard() => _source.CancelAfter(_limit);

    public void Dispose() => _source.Dispose();
}
