namespace MlOpsBuild.Components.Session;

/// <summary>Lets callers work one after the other, in the order in which they asked.</summary>
internal sealed class TargetMutex
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for the caller's turn; dispose to give it on.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var turn = new Turn();
        Task before;
        lock (_gate)
        {
            before = _last;
            _last = turn.Ended;
        }

        try
        {
            await before.WaitAsync(cancellationToken);
            return turn;
        }
        catch (OperationCanceledException)
        {
            // Whoever asked later still waits for whoever asked before.
            _ = before.ContinueWith(
                _ => turn.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
