using System.Collections.Concurrent;

namespace MlOpsBuild.Data.Summaries;

/// <summary>
/// Looks at all rows of a file on several threads. Each takes the next batch and looks at it column by column, at least one column behind
/// whoever took the batch before, so that each column is looked at in the order of rows. Who would have to wait reads a batch meanwhile.
/// </summary>
/// <param name="reader">Where batches come from.</param>
/// <param name="table">What looks at them.</param>
/// <param name="cells">What reads the cells of each column.</param>
/// <param name="related">Told after each batch.</param>
internal sealed class TableScan(BatchReader reader, TableSketch table, IReadOnlyList<ICellReader> cells, Action related)
{
    private const int Spins = 200;
    private const int MostAhead = 2;
    private readonly ConcurrentQueue<RowBatch> _ahead = [];
    private readonly ConcurrentBag<RowBatch> _free = [];
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
            while (await TakeAsync(cancellationToken) is { } batch)
            {
                if (!await LookAsync(batch, memory, cancellationToken))
                {
                    return;
                }

                _free.Add(batch);
            }
        }
        catch (Exception)
        {
            Volatile.Write(ref _failed, true);
            Changed();
            throw;
        }
    }

    // Null at the end, or where somebody else failed.
    private async Task<RowBatch?> TakeAsync(CancellationToken cancellationToken)
    {
        while (!Volatile.Read(ref _failed))
        {
            if (_ahead.TryDequeue(out var batch))
            {
                return batch;
            }

            // Who reads says that it ended before it stops reading.
            var isReading = Volatile.Read(ref _reading) != 0;
            if (Volatile.Read(ref _ended) && !isReading && _ahead.IsEmpty)
            {
                return null;
            }

            if (!await ReadAsync(cancellationToken))
            {
                await UntilAsync(() => Volatile.Read(ref _reading) == 0 || !_ahead.IsEmpty, mayRead: false, cancellationToken);
            }
        }

        return null;
    }

    // Whether nobody else was reading.
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _reading, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            if (!_ended && _ahead.Count < MostAhead)
            {
                var batch = _free.TryTake(out var used) ? used : new(cells.Count);
                if (await reader.FillAsync(batch, cancellationToken))
                {
                    batch.Number = ++_read;
                    _ahead.Enqueue(batch);
                }
                else
                {
                    Volatile.Write(ref _ended, true);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
            Changed();
        }

        return true;
    }

    private async Task<bool> LookAsync(RowBatch batch, BatchMemory memory, CancellationToken cancellationToken)
    {
        var before = batch.Number - 1;
        for (var column = 0; column < cells.Count; column++)
        {
            if (Volatile.Read(ref _looked[column]) != before)
            {
                var awaited = column;
                if (!await UntilAsync(() => Volatile.Read(ref _looked[awaited]) == before, mayRead: true, cancellationToken))
                {
                    return false;
                }
            }

            table.Observe(batch, memory, column, cells[column]);
            Volatile.Write(ref _looked[column], batch.Number);
            Changed();
        }

        if (!await UntilAsync(() => Volatile.Read(ref _related) == before, mayRead: true, cancellationToken))
        {
            return false;
        }

        table.Relate(batch, memory);
        related();
        Volatile.Write(ref _related, batch.Number);
        Changed();
        return true;
    }

    // False where somebody else failed, so that it will never be.
    private async Task<bool> UntilAsync(Func<bool> isReady, bool mayRead, CancellationToken cancellationToken)
    {
        var spin = new SpinWait();
        while (!isReady() && !Volatile.Read(ref _failed))
        {
            if (mayRead && !Volatile.Read(ref _ended) && _ahead.Count < MostAhead && await ReadAsync(cancellationToken))
            {
                continue;
            }

            // What is awaited mostly takes less time than to be woken.
            if (spin.Count < Spins)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            Interlocked.Increment(ref _waiting);
            var change = Volatile.Read(ref _change);
            if (!isReady() && !Volatile.Read(ref _failed))
            {
                await change.Task.WaitAsync(cancellationToken);
            }

            Interlocked.Decrement(ref _waiting);
        }

        return !Volatile.Read(ref _failed);
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
