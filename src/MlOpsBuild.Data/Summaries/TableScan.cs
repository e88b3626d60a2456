namespace MlOpsBuild.Data.Summaries;

/// <summary>
/// Looks at all rows of a file on several threads. Each reads the next batch and looks at it column by column, one column behind whoever
/// read the batch before: what a thread read is near to it, and each column is looked at in the order of rows.
/// </summary>
/// <param name="reader">Where batches come from.</param>
/// <param name="table">What looks at them.</param>
/// <param name="cells">What reads the cells of each column.</param>
/// <param name="related">Told after each batch.</param>
internal sealed class TableScan(BatchReader reader, TableSketch table, IReadOnlyList<ICellReader> cells, Action related)
{
    private const int Spins = 200;
    private readonly long[] _looked = [.. Enumerable.Repeat(-1L, cells.Count)];
    private TaskCompletionSource _change = NewChange();
    private int _reading;
    private bool _ended;
    private long _read = -1;
    private long _related = -1;
    private int _waiting;
    private bool _failed;

    /// <summary>Looks at all of them.</summary>
    /// <param name="threads">How many do so; the result is the same for any number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RunAsync(int threads, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => WorkAsync(cancellationToken), cancellationToken)));

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var memory = new BatchMemory(cells.Count);
            while (await ReadAsync(memory, cancellationToken) && await LookAsync(memory, cancellationToken))
            {
            }
        }
        catch (Exception)
        {
            Volatile.Write(ref _failed, true);
            Changed();
            throw;
        }
    }

    private async Task<bool> ReadAsync(BatchMemory memory, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(() => Interlocked.CompareExchange(ref _reading, 1, 0) == 0, cancellationToken))
        {
            return false;
        }

        try
        {
            memory.Number = _read + 1;
            return !_ended && !(_ended = !await reader.FillAsync(memory.Rows, cancellationToken));
        }
        finally
        {
            _read = memory.Number;
            Volatile.Write(ref _reading, 0);
            Changed();
        }
    }

    private async Task<bool> LookAsync(BatchMemory memory, CancellationToken cancellationToken)
    {
        var before = memory.Number - 1;
        for (var column = 0; column < cells.Count; column++)
        {
            if (Volatile.Read(ref _looked[column]) != before)
            {
                var awaited = column;
                if (!await UntilAsync(() => Volatile.Read(ref _looked[awaited]) == before, cancellationToken))
                {
                    return false;
                }
            }

            table.Observe(memory, column, cells[column]);
            Volatile.Write(ref _looked[column], memory.Number);
            Changed();
        }

        if (!await UntilAsync(() => Volatile.Read(ref _related) == before, cancellationToken))
        {
            return false;
        }

        table.Relate(memory);
        related();
        Volatile.Write(ref _related, memory.Number);
        Changed();
        return true;
    }

    // False where somebody else failed, so that it will never be. What is ready may be so for one only: it is asked until it is, not again.
    private async Task<bool> UntilAsync(Func<bool> isReady, CancellationToken cancellationToken)
    {
        for (var spin = new SpinWait(); !Volatile.Read(ref _failed); )
        {
            if (isReady())
            {
                return true;
            }

            // What is awaited mostly takes less time than to be woken.
            if (spin.Count < Spins)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            Interlocked.Increment(ref _waiting);
            var change = Volatile.Read(ref _change);
            if (isReady())
            {
                Interlocked.Decrement(ref _waiting);
                return true;
            }

            if (!Volatile.Read(ref _failed))
            {
                await change.Task.WaitAsync(cancellationToken);
            }

            Interlocked.Decrement(ref _waiting);
        }

        return false;
    }

    // Who waits says so before looking again; who changes something looks for them after it.
    private void Changed()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) > 0)
        {
            Interlocked.Exchange(ref _change, NewChange()).TrySetResult();
        }
    }
}
