using System.Runtime.CompilerServices;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Summaries;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>Reads the rows of files, batch by batch, each cell as its hash.</summary>
/// <param name="files">What to read, in order.</param>
/// <param name="names">All columns of each file.</param>
/// <param name="columns">Those that are wanted, in their order.</param>
internal sealed class HashedRows(IReadOnlyList<TableFile> files, IReadOnlyList<string> names, IReadOnlyList<string> columns)
{
    private const long RowsBetweenLines = 5_000_000;

    /// <summary>Rows that could not be read in the last reading.</summary>
    public long Broken { get; private set; }

    /// <summary>Rows that were read in the last reading.</summary>
    public long Rows { get; private set; }

    /// <summary>The batches with the place of their first row; each is valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<(RowBatch Batch, ulong[][] Hashes, long First)> ReadAsync(
        IProgress<string> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Rows, Broken) = (0, 0);
        foreach (var file in files)
        {
            await using var rows = await TableReader.OpenAsync(file, null, cancellationToken);
            var positions = SameColumns.Of(file, rows.Names, names);
            var reader = new BatchReader(file, rows, [.. columns.Select(column => positions[names.ToList().IndexOf(column)])], new());
            CellHash[] hashes = [.. columns.Select(_ => new CellHash(file.Format))];
            await foreach (var batch in reader.ReadAsync(cancellationToken))
            {
                var cells = new ulong[columns.Count][];
                Parallel.For(
                    0, columns.Count, new ParallelOptions { CancellationToken = cancellationToken },
                    column => cells[column] = Hash(batch, column, hashes[column]));
                yield return (batch, cells, Rows);
                if ((Rows + batch.Rows) / RowsBetweenLines > Rows / RowsBetweenLines)
                {
                    progress.Report(Invariant($"{Rows + batch.Rows:N0} rows of {file.Name}"));
                }

                Rows += batch.Rows;
            }

            Broken += reader.Broken;
        }
    }

    private static ulong[] Hash(RowBatch batch, int column, CellHash hash)
    {
        var cells = new ulong[batch.Rows];
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = hash.Of(batch.Cell(column, row));
        }

        return cells;
    }
}
