using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Data.Differences.Rows;
using MlOpsBuild.Data.Expectations;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Reporting.Differences;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Components.Flow;

/// <summary>Two data sets → rows, promises and columns that differ.</summary>
internal static class DataDiffFlow
{
    public static async Task CompareAsync(
        RunSession session, ComparedData before, ComparedData now, IReadOnlyList<string> key, CancellationToken cancellationToken)
    {
        var known = now.Contract ?? before.Contract;
        var contract = known ?? await JointContract.OfAsync("both", [.. before.Files, .. now.Files], cancellationToken);
        var rows = await RowComparison.OfAsync(
            new(before.Files, now.Files)
            {
                Key = key.Count > 0 ? key : null, LikelyKeys = [.. LikelyKeys(contract)],
                Hidden = contract.Personal,
            },
            new OutputProgress(session.Output), cancellationToken);
        var (columns, reason) = await MovedAsync(before, now, contract, known == null, cancellationToken);
        var changes = before.Contract != null && now.Contract != null ? ContractChanges.Between(before.Contract, now.Contract) : [];
        var text = new DataComparisonText(new(before.Name, now.Name, rows, changes, columns, reason));
        foreach (var (title, table) in text.Tables)
        {
            session.Output.Line("");
            session.Output.Line(title);
            session.Output.Table(table.Headers, table.Rows);
        }

        text.Sentences.ToList().ForEach(session.Output.Line);
        var file = Path.Combine(session.Store.Folder, "reports", "diffs", $"{FileName(before.Name)}-{FileName(now.Name)}.json");
        await AtomicFile.WriteAsync(file, CanonicalJson.Serialize(text.Comparison), cancellationToken);
        session.Output.Line($"all of it: {Path.GetRelativePath(session.Root, file)}");
        session.Note(text.Summary);
        if (before.Contract != null
            && now.Contract != null
            && ContractChanges.Unannounced(before.Contract, now.Contract) is { Count: > 0 } breaking)
        {
            throw new StageFailedException("The contract breaks an earlier promise", breaking, Verdict.Failed);
        }
    }

    // What somebody declared, then the time of a row, then what names it: numbers of rows change when one is put between.
    private static IEnumerable<IReadOnlyList<string>> LikelyKeys(DataContract contract) =>
    [
        .. (contract.Expectations ?? [])
            .OfType<KeyExpectation>()
            .Select(key => key.Columns)
            .Where(columns => columns.Count < contract.Columns.Count),
            [.. contract.Columns.Where(column => column.Timestamp != null)
                .OrderBy(column => column.Timestamp)
                .Select(column => column.Name)],
        .. contract.Columns.Where(column => column.Unique || column.Role == ColumnRole.Identifier)
            .Select(column => (IReadOnlyList<string>)[column.Name]),
    ];

    private static async Task<(DataDifference? Columns, string? Reason)> MovedAsync(
        ComparedData before, ComparedData now, DataContract contract, bool isJoint, CancellationToken cancellationToken)
    {
        // What both have in common says nothing of their other columns.
        IReadOnlyList<TableFile> FilesOf(ComparedData data) =>
            isJoint ? [.. data.Files.Select(file => file with { Format = file.Format with { IgnoresExtraColumns = true } })] : data.Files;
        var profiles = new List<DataProfile>();
        foreach (var data in (ComparedData[])[before, now])
        {
            var result = await TableReader.ReadAsync(FilesOf(data), contract, 0, null, cancellationToken);
            if (result.Table is not { } table)
            {
                return (null, $"{data.Name} breaks the contract {contract.Name}: {result.Findings[0]}");
            }

            profiles.Add(DataProfile.Of(table));
        }

        return (DataDifference.Between((profiles[0], contract), (profiles[1], contract)), null);
    }

    private static string FileName(string name) =>
        string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
}
