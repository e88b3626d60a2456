using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Reads files once, in bounded memory, and says what they look like.</summary>
public static class TableSummarizer
{
    private const long RowsBetweenLines = 5_000_000;

    /// <summary>What files of the same columns look like together.</summary>
    /// <param name="name">What they are.</param>
    /// <param name="files">What to read, in order.</param>
    /// <param name="contract">What their columns promise; null looks at all columns as they are.</param>
    /// <param name="progress">Told of every five million rows of a file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">A file cannot be read, or has other columns.</exception>
    public static async Task<DataSummary> OfAsync(
        string name, IReadOnlyList<TableFile> files, DataContract? contract, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var names = await NamesAsync(files, contract, cancellationToken);
        var (findings, broken, whole) = (new FindingCollector(), 0L, (TableSketch?)null);
        foreach (var some in files.Chunk(Environment.ProcessorCount))
        {
            // Each file has a sketch of its own, and they are joined in order: how many are read at once changes nothing.
            var parts = await Task.WhenAll(
                some.Select(file => Task.Run(() => ReadAsync(file, names, contract, progress, cancellationToken), cancellationToken)));
            foreach (var part in parts)
            {
                whole = TableSketch.Join(whole, part.Table);
                findings.Add(part.Findings);
                broken += part.Broken;
            }
        }

        return whole is not { Rows: > 0 }
            ? throw new StageFailedException(
                new("MLB1047", "Header without rows", name, null, "at least one row", "check the export that made it"))
            : new(name, whole.Rows + broken, broken, whole.Columns(), whole.Correlations())
            {
                Findings = findings.ToList(), Contract = contract?.Name
            };
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        IReadOnlyList<TableFile> files, DataContract? contract, CancellationToken cancellationToken)
    {
        if (contract != null)
        {
            return [.. contract.Columns.Select(column => column.Name)];
        }

        await using var first = await TableReader.OpenAsync(files[0], null, cancellationToken);
        return first.Names;
    }

    private static async Task<(TableSketch Table, FindingCollector Findings, long Broken)> ReadAsync(
        TableFile file, IReadOnlyList<string> names, DataContract? contract, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var (table, findings) = (new TableSketch(names, contract), new FindingCollector());
        await using var rows = await TableReader.OpenAsync(file, contract, cancellationToken);
        var reader = new BatchReader(file, rows, Positions(file, rows, names, contract), findings);
        ICellReader[] cells = [.. names.Select(column => contract == null
            ? (ICellReader)new ContentReader(file.Format)
            : new PromiseReader(contract[column], file.Format))];
        var told = 0L;
        var scan = new TableScan(reader, table, cells, () =>
        {
            if (table.Rows / RowsBetweenLines > told)
            {
                told = table.Rows / RowsBetweenLines;
                progress.Report(Invariant($"{table.Rows:N0} rows of {file.Name}"));
            }
        });

        // More than there are columns would only wait for one another.
        await scan.RunAsync(Math.Min(Environment.ProcessorCount, names.Count), cancellationToken);
        return (table, findings, reader.Broken);
    }

    private static int[] Positions(TableFile file, IRowCursor rows, IReadOnlyList<string> names, DataContract? contract)
    {
        var findings = new FindingCollector();
        if (contract != null)
        {
            return ColumnMatch.Of(file, rows.Names, contract, findings)
                ?? throw new StageFailedException("The columns are not those of the contract", findings.ToList(), Verdict.Error);
        }

        return SameColumns.Of(file, rows.Names, names);
    }
}
