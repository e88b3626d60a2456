using System.Runtime.CompilerServices;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Reads a file in batches: the next one while the one before is looked at.</summary>
internal sealed class BatchReader(TableFile file, IRowCursor rows, int[] positions, FindingCollector findings)
{
    /// <summary>Rows that are none, so far.</summary>
    public long Broken { get; private set; }

    /// <summary>The batches; each is valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<RowBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (looked, read) = (new RowBatch(positions.Length), new RowBatch(positions.Length));
        var reading = FillAsync(read, cancellationToken);
        try
        {
            while (await reading)
            {
                (looked, read) = (read, looked);
                var next = read;
                reading = Task.Run(() => FillAsync(next, cancellationToken), cancellationToken);
                yield return looked;
            }
        }
        finally
        {
            // Nobody may close the file under it.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the next batch; false where there is none.</summary>
    public async Task<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Begin(file.Name, rows.Unit);
        try
        {
            do
            {
                Fill(batch);
            }
            while (!batch.IsFull && await rows.LoadAsync(cancellationToken));
        }
        catch (Exception problem) when (TableReader.IsDamage(problem))
        {
            throw TableReader.Broken(file, rows, problem);
        }

        return batch.Rows > 0;
    }

    private void Fill(RowBatch batch)
    {
        while (!batch.IsFull && (batch.AddBlock(rows, positions) || AddNext(batch)))
        {
        }
    }

    private bool AddNext(RowBatch batch)
    {
        if (!rows.Read())
        {
            return false;
        }

        if (rows.Problem is { } problem)
        {
            Broken++;
            findings.Add(null, problem);
        }
        else
        {
            batch.Add(rows, positions);
        }

        return true;
    }
}
