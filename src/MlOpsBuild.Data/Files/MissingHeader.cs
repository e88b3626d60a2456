using System.Globalization;
using static System.FormattableString;

namespace MlOpsBuild.Data.Files;

/// <summary>Files whose first line is a row: a first line that mostly holds numbers names nothing.</summary>
public static class MissingHeader
{
    /// <summary>The same file, with names for its columns where it has none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Core.StageFailedException">The file cannot be read.</exception>
    public static async Task<TableFile> NamedAsync(TableFile file, CancellationToken cancellationToken)
    {
        if (file.Format is { Names: not null } or { HasHeader: false })
        {
            return file;
        }

        await using var rows = await file.OpenRowsAsync([], hidesValues: false, cancellationToken);
        return rows is DelimitedCursor && 2 * rows.Names.Count(IsNumber) >= rows.Names.Count
            ? file with
            {
                Format = file.Format with
                {
                    Names = [.. Enumerable.Range(1, rows.Names.Count).Select(number => Invariant($"column{number}"))], HasHeader = false
                }
            }
            : file;
    }

    /// <summary>Whether a name is a number, as names seldom are and cells often.</summary>
    internal static bool IsNumber(string name) => double.TryParse(name, CultureInfo.InvariantCulture, out _);
}
