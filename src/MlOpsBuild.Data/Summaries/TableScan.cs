namespace MlOpsBuild.Data.Summaries;

/// <summary>
/// Looks at all rows of a file on several threads. What there is to do has one order: the next batch is read, this one is looked at column
/// by column, and the columns of the one before are looked at together. Whoever is free takes what comes next and waits for what it
/// needs, which somebody took before; so nobody idles at the end of a batch, and each column is looked at in the order of rows.
/// </summary>
/// <param name="reader">Where batches come from.</param>
/// <param name="table">What looks at them.</param>
/// <param name="cells">What reads the cells of each column.</param>
/// <param name="related">Told after each batch.</param>
internal sealed class TableScan(BatchReader reader, TableSketch table, IReadOnlyList<ICellReader> cells, Action related)
{
    private const int Batches = 3;
    private readonly RowBatch[] _batches = [.. Enumerable.Range(0, Batches).Select(_ => new RowBatch(cells.Count))];
    private readonly long[] _looked = [.. Enumerable.Repeat(-1L, cells.Count)];
    private TaskCompletionSource _change = NewChange();
    private long _taken = -1;
    private long _read = -1;
    private long _related = -1;
    private long _last = long.MaxValue;
    private bool _failed;

    /// <summary>Looks at all of them.</summary>
    /// <param name="threads">How many do so; the result is the same for any number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(int threads, CancellationToken cancellationToken)
    {
        await ReadAsync(0, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => WorkAsync(cancellationToken), cancellationToken)));
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await DoNextAsync(cancellationToken))
            {
                Changed();
            }
        }
        catch (Exception)
        {
            Volatile.Write(ref _failed, true);
            throw;
        }
        finally
        {
            Changed();
        }
    }

    // Of a batch: the next one is read, then come its columns, then the batch before as a whole.
    private async Task<bool> DoNextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (batch, step) = Math.DivRem(Interlocked.Increment(ref _taken), cells.Count + 2);
        return !IsBehind(batch - 1) && (step == 0 ? await ReadNextAsync(batch, cancellationToken)
            : step <= cells.Count ? await LookAsync(batch, (int)step - 1, cancellationToken)
            : await RelateAsync(batch - 1, cancellationToken));
    }

    // It takes the place of the last but two.
    private async Task<bool> ReadNextAsync(long batch, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(
            () => IsBehind(batch) || (Volatile.Read(ref _read) >= batch && IsLooked(batch - 2)), cancellationToken))
        {
            return false;
        }

        if (!IsBehind(batch))
        {
            await ReadAsync(batch + 1, cancellationToken);
        }

        return true;
    }

    private async Task ReadAsync(long batch, CancellationToken cancellationToken)
    {
        if (await reader.FillAsync(_batches[batch % Batches], cancellationToken))
        {
            Volatile.Write(ref _read, batch);
        }
        else
        {
            Volatile.Write(ref _last, batch - 1);
        }
    }

    // What it held is kept until the batch after the next one.
    private async Task<bool> LookAsync(long batch, int column, CancellationToken cancellationToken)
    {
        if (!await UntilAsync(
            () => IsBehind(batch) || (Volatile.Read(ref _read) >= batch && Volatile.Read(ref _looked[column]) == batch - 1
                && Volatile.Read(ref _related) >= batch - 2),
            cancellationToken))
        {
            return false;
        }

        if (!IsBehind(batch))
        {
            table.Observe(_batches[batch % Batches], batch, column, cells[column]);
            Volatile.Write(ref _looked[column], batch);
        }

        return true;
    }

    private async Task<bool> RelateAsync(long batch, CancellationToken cancellationToken)
    {
        if (batch < 0)
        {
            return true;
        }

        if (!await UntilAsync(() => IsLooked(batch) && Volatile.Read(ref _related) == batch - 1, cancellationToken))
        {
            return false;
        }

        table.Relate(batch);
        related();
        Volatile.Write(ref _related, batch);
        return true;
    }

    private bool IsBehind(long batch) => batch > Volatile.Read(ref _last);

    private bool IsLooked(long batch)
    {
        for (var column = 0; column < _looked.Length; column++)
        {
            if (Volatile.Read(ref _looked[column]) < batch)
            {
                return false;
            }
        }

        return true;
    }

    // False where somebody else failed, so that it will never be.
    private async Task<bool> UntilAsync(Func<bool> isReady, CancellationToken cancellationToken)
    {
        for (var spin = new SpinWait(); ; )
        {
            var change = Volatile.Read(ref _change);
            if (isReady() || Volatile.Read(ref _failed))
            {
                return !Volatile.Read(ref _failed);
            }

            if (spin.NextSpinWillYield)
            {
                await change.Task.WaitAsync(cancellationToken);
            }
            else
            {
                spin.SpinOnce();
            }
        }
    }

    private void Changed() => Interlocked.Exchange(ref _change, NewChange()).TrySetResult();
}
