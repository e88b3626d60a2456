using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using static System.FormattableString;

namespace MlOpsBuild.Data.Tables;

/// <summary>Finds the columns of a contract among those of a file.</summary>
internal static class ColumnMatch
{
    private const int MostNames = 5;

    /// <summary>Where each column of the contract lies; null when columns are wrong, with all of them named.</summary>
    public static int[]? Of(TableFile file, IReadOnlyList<string> names, DataContract contract, FindingCollector findings)
    {
        var (found, expected) = (new List<Finding>(), contract.Columns.Select(column => column.Name).ToList());
        var ignored = file.Format.Ignored;
        found.AddRange(names.Where(name => !ignored.Contains(name)).GroupBy(name => name).Where(group => group.Count() > 1)
            .Select(group => new Finding(
                "MLB1045", "Duplicate column", $"{file.Name}, header", Excerpt.Of(group.Key), "each column once",
                "remove one of them, or name all columns with Names")));
        found.AddRange(names.Distinct().Where(name => !expected.Contains(name) && !file.Format.LeavesOut(name))
            .Select(name => new Finding(
                "MLB1033", "Column is not in the contract", $"{file.Name}, header", Excerpt.Of(name), string.Join(", ", expected),
                "add it to the contract, rename it, or declare it in Ignored")));
        found.AddRange(expected.Where(column => !names.Contains(column)).Select(column => new Finding(
            "MLB1066", "Missing column", $"{file.Name}, header", column, string.Join(", ", expected),
            Similar(column, names) is { } similar
                ? $"is it '{similar}'? Then say so with [Column(\"{similar}\")]"
                : "add it, or drop it from the contract")));
        foreach (var kind in found.GroupBy(finding => finding.What))
        {
            // A file of something else is one finding of each kind.
            List<Finding> told = kind.Count() <= MostNames
                ? [.. kind]
                : [kind.First() with
                {
                    What = Invariant($"{kind.Key}: {kind.Count()} names"),
                    Value = Excerpt.Of(string.Join(", ", kind.Select(finding => finding.Value))), Fix = "look whether it is the right file"
                }];
            told.ForEach(finding => findings.Add(finding.Value, finding));
        }

        return found.Count == 0 ? [.. expected.Select(column => names.Index().First(name => name.Item == column).Index)] : null;
    }

    private static string? Similar(string column, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => Letters(name) == Letters(column));

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
