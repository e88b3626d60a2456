using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using static System.FormattableString;

namespace MlOpsBuild.Data.Tables;

/// <summary>Reads files of one contract into one table, checking every promise on the way.</summary>
public static class TableReader
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>Reads <paramref name="files"/> in order.</summary>
    /// <param name="files">What to read.</param>
    /// <param name="contract">What they promise.</param>
    /// <param name="heldOut">How many of them, the last ones, are held out: their time begins anew.</param>
    /// <param name="quarantine">Takes the rows that break a promise, with the reasons; null where nobody asks for them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ReadResult> ReadAsync(
        IReadOnlyList<TableFile> files, DataContract contract, int heldOut, QuarantineFile? quarantine, CancellationToken cancellationToken)
    {
        var (findings, checker, builder) = (new FindingCollector(), new RowChecker(contract), new TableBuilder(contract));
        var tally = new RowTally();
        foreach (var (position, file) in files.Index())
        {
            if (position == files.Count - heldOut)
            {
                builder.BeginHeldOut();
                checker.BeginPart();
            }

            try
            {
                await ReadAsync(file, contract, checker, builder, findings, quarantine, tally, cancellationToken);
            }
            catch (StageFailedException problem)
            {
                tally.Unreadable = true;
                findings.Add(null, problem.Findings[0]);
            }
        }

        if (files.Count == 0)
        {
            tally.Unreadable = true;
            findings.Add(null, new("MLB1070", "No data file", null, null, "at least one file"));
        }

        var tolerated = tally is { Unreadable: false, Columns: true }
            && tally.Rejected < tally.Rows
            && tally.Rejected <= contract.Quarantine * tally.Rows;
        if (!tolerated && tally.Rejected > 0 && contract.Quarantine > 0)
        {
            findings.Add(null, new(
                "MLB1071", "More broken rows than may be left out", null, Invariant($"{tally.Rejected} of {tally.Rows}"),
                Invariant($"at most {contract.Quarantine:0.####%}"), "correct the rows"));
        }

        return new(tolerated ? builder.Build() : null, findings.ToList(), tally.Unreadable || (!tolerated && tally.Broken > 0))
        {
            Rows = tally.Rows, Quarantined = tolerated ? tally.Rejected : 0
        };
    }

    private static async Task ReadAsync(
        TableFile file, DataContract contract, RowChecker checker, TableBuilder builder, FindingCollector findings,
        QuarantineFile? quarantine, RowTally tally, CancellationToken cancellationToken)
    {
        await using var rows = await OpenAsync(file, contract, cancellationToken);
        if (ColumnMatch.Of(file, rows.Names, contract, findings) is not { } positions)
        {
            tally.Columns = false;
            return;
        }

        checker.BeginFile(file.Name, file.Format, positions);
        var before = tally.Rows;
        try
        {
            do
            {
                while (rows.Read())
                {
                    if (tally.Rows++ % RowsBetweenLooks == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    var problems = checker.Check(rows);
                    if (problems.Count == 0)
                    {
                        builder.Add(checker, rows);
                        continue;
                    }

                    tally.Rejected++;
                    tally.Broken += rows.Problem == null ? 0 : 1;
                    quarantine?.Add(file.Name, rows, contract, positions, problems);
                    foreach (var problem in problems)
                    {
                        findings.Add(problem.Column, problem.Finding);
                    }
                }
            }
            while (await rows.LoadAsync(cancellationToken));
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw Broken(file, rows, problem);
        }

        if (tally.Rows == before)
        {
            throw new StageFailedException(
                new("MLB1047", "Header without rows", file.Name, null, "at least one row", "check the export that made it"));
        }
    }

    /// <summary>Opens a file's rows; those of a contract, or all columns where nothing is promised.</summary>
    internal static async Task<IRowCursor> OpenAsync(TableFile file, DataContract? contract, CancellationToken cancellationToken)
    {
        try
        {
            return await file.OpenRowsAsync(
                [.. (contract?.Columns ?? []).Select(column => column.Name)], contract?.Columns.Any(column => column.PersonalData) ?? false,
                cancellationToken);
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw Broken(file, null, problem);
        }
    }

    /// <summary>Whether a file is damaged, as opposed to not being there.</summary>
    internal static bool IsDamage(Exception problem) =>
        problem is InvalidDataException or EndOfStreamException or System.Text.DecoderFallbackException;

    /// <summary>What to throw for a damaged file.</summary>
    internal static StageFailedException Broken(TableFile file, IRowCursor? rows, Exception problem) => new(
        new(
            "MLB1072", problem is System.Text.DecoderFallbackException ? $"Not {file.Format.Encoding}" : "Damaged file",
            rows == null ? file.Name : Invariant($"{file.Name}, after {rows.Unit} {rows.Number}"),
            problem.Message.Length > 200 ? problem.Message[..200] : problem.Message, "a whole file",
            problem is System.Text.DecoderFallbackException ? "correct the declared Encoding" : "copy or write the file again"));
}
