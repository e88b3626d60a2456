using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>
/// Says which rows are new, gone and changed. Cells are compared by what they hold, not by how it is written; rows by 128 bits of their key
/// and 64 bits of each cell. In bounded memory: with more rows than it may hold, each of several passes looks at a share of the keys.
/// </summary>
public static class RowComparison
{
    /// <summary>The difference of two tables; the same however often they are read.</summary>
    /// <param name="input">What to compare.</param>
    /// <param name="progress">Told of every five million rows of a file, and of each further pass.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">A file cannot be read, or the tables have no column in common.</exception>
    /// <exception cref="UsageException">A column of the key is not in both.</exception>
    public static async Task<RowDifference> OfAsync(
        RowComparisonInput input, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (before, now) = (await NamesAsync(input.Before, cancellationToken), await NamesAsync(input.Now, cancellationToken));
        List<string> common = [.. before.Intersect(now)];
        if (common.Count == 0)
        {
            throw new StageFailedException(new(
                "MLB1013", "No column in common", $"{input.Before[0].Name}, {input.Now[0].Name}", Excerpt.Of(string.Join(", ", now)),
                Excerpt.Of(string.Join(", ", before)), "compare files of the same kind; a file without a header needs its names declared"));
        }

        var unknown = (input.Key ?? []).Except(common).ToList();
        if (unknown.Count > 0)
        {
            throw new UsageException("The key does not fit", [.. unknown.Select(column => new Finding(
                "MLB1014", "A column of the key is not in both", "--key", column, string.Join(", ", common),
                "name columns that both have"))]);
        }

        var keys = input.Key is { Count: > 0 } given
            ? [given]
            : input.LikelyKeys.Where(key => key.Count > 0 && !key.Except(common).Any()).Append([]);
        foreach (var key in keys)
        {
            var passes = new ComparisonPasses(
                input, before, now, [.. key, .. common.Except(key)], key.Count, mayRepeat: input.Key is { Count: > 0 } || key.Count == 0);
            if (await passes.RunAsync(progress, cancellationToken) is { } difference)
            {
                return difference with { NewColumns = [.. now.Except(before)], GoneColumns = [.. before.Except(now)] };
            }
        }

        throw new InvalidOperationException("Whole rows can always be compared.");
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IReadOnlyList<TableFile> files, CancellationToken cancellationToken)
    {
        await using var first = await TableReader.OpenAsync(files[0], null, cancellationToken);
        return first.Names;
    }
}
