using static System.FormattableString;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>Reads both tables with one key, as often as memory asks for.</summary>
/// <param name="input">What is compared.</param>
/// <param name="namesBefore">All columns of before.</param>
/// <param name="namesNow">All columns of now.</param>
/// <param name="columns">The columns of both, the key's first.</param>
/// <param name="keys">How many are the key; 0 compares whole rows.</param>
/// <param name="mayRepeat">Whether rows may share the key.</param>
internal sealed class ComparisonPasses(
    RowComparisonInput input, IReadOnlyList<string> namesBefore, IReadOnlyList<string> namesNow, IReadOnlyList<string> columns, int keys,
    bool mayRepeat)
{
    private readonly int _keys = keys == 0 ? columns.Count : keys;
    private readonly HashedRows _before = new(input.Before, namesBefore, columns);
    private readonly HashedRows _now = new(input.Now, namesNow, columns);

    /// <summary>The difference; null where rows of before share a key that they may not share.</summary>
    public async Task<RowDifference?> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (var passes = 1; ; passes *= 2)
        {
            var tally = new DifferenceTally(columns.Count - _keys, input.Examples);
            for (var pass = 0; pass < passes; pass++)
            {
                var rows = new KeyedRows(_keys, columns.Count, pass, passes, input.MostBytes);
                await FillAsync(rows, progress, cancellationToken);
                if (rows.Repeated > 0 && !mayRepeat)
                {
                    return null;
                }

                if (rows.IsFull)
                {
                    tally = null;
                    break;
                }

                await CompareAsync(rows, tally, progress, cancellationToken);
            }

            if (tally != null)
            {
                return await ResultAsync(tally, cancellationToken);
            }

            progress.Report(Invariant($"more rows than memory may hold: the files are read {passes * 2} times"));
        }
    }

    private async Task FillAsync(KeyedRows rows, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var cells = new ulong[columns.Count];
        await foreach (var (batch, hashes, first) in _before.ReadAsync(progress, cancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                rows.Add(Row(hashes, row, cells), first + row);
            }

            if (rows.IsFull || (rows.Repeated > 0 && !mayRepeat))
            {
                return;
            }
        }
    }

    private async Task CompareAsync(KeyedRows rows, DifferenceTally tally, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (cells, changed) = (new ulong[columns.Count], new List<int>());
        await foreach (var (batch, hashes, first) in _now.ReadAsync(progress, cancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                var (isMine, before) = rows.Find(Row(hashes, row, cells), changed);
                if (isMine)
                {
                    tally.Count(before, first + row, changed);
                }
            }
        }

        tally.Remove(rows.Left());
        tally.Repeated += rows.Repeated;
    }

    private async Task<RowDifference> ResultAsync(DifferenceTally tally, CancellationToken cancellationToken)
    {
        var compared = columns.Skip(_keys)
            .Zip(tally.ChangedCells, (name, cells) => new ChangedColumn(name, cells))
            .Where(column => column.Cells > 0);
        return new(
            _before.Rows, _now.Rows, keys == 0 ? [] : [.. columns.Take(keys)], tally.Added, tally.Removed, tally.Changed,
            [.. compared.OrderByDescending(column => column.Cells)])
        {
            Repeated = keys == 0 ? 0 : tally.Repeated,
            Broken = _before.Broken + _now.Broken,
            Examples = await new ExampleReader(input, namesBefore, namesNow, columns, keys).ReadAsync(tally, cancellationToken),
        };
    }

    private static ReadOnlySpan<ulong> Row(ulong[][] hashes, int row, ulong[] cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = hashes[column][row];
        }

        return cells;
    }
}
