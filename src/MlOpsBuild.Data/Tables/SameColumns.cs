using MlOpsBuild.Core;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Tables;

/// <summary>Finds the columns of a file that goes on where another one ended.</summary>
internal static class SameColumns
{
    /// <summary>Where each of <paramref name="names"/> stands in the file.</summary>
    /// <exception cref="StageFailedException">A name stands twice, or the file has other columns.</exception>
    public static int[] Of(TableFile file, IReadOnlyList<string> found, IReadOnlyList<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new StageFailedException(new(
                "MLB1045", "Duplicate column", $"{file.Name}, header", Excerpt.Of(twice.Key), "each column once",
                "remove one of them, or name all columns with Names"));
        }

        return found.ToHashSet().SetEquals(names) && found.Count == names.Count ? [.. names.Select(name => found.ToList().IndexOf(name))]
            : throw new StageFailedException(new(
                "MLB1069", "Other columns than in the files before", $"{file.Name}, header", Excerpt.Of(string.Join(", ", found)),
                Excerpt.Of(string.Join(", ", names)), "take the files one by one, or correct the pattern"));
    }
}
