using System.Data.Common;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Formats;
using static System.FormattableString;

namespace MlOpsBuild.Data.Sources;

/// <summary>Writes the rows of a query to a CSV file: numbers and times in one form, whatever the database and the machine.</summary>
public static class QuerySnapshot
{
    private const int RowsBetweenReports = 100_000;

    /// <summary>Asks and writes.</summary>
    /// <param name="query">What to ask whom.</param>
    /// <param name="variables">The environment's variables.</param>
    /// <param name="path">The file, replaced when there is one.</param>
    /// <param name="progress">Hears of long work.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StageFailedException">The database could not be asked, or answers what no cell can
    /// hold; no file is left.</exception>
    public static async Task<Artifact> WriteAsync(
        DatabaseQuery query, IReadOnlyDictionary<string, string> variables, string path, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        try
        {
            await using (var connection = query.Connect(variables))
            {
                await connection.OpenAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.CommandTimeout = (int)Math.Ceiling(query.TimeLimit.TotalSeconds);
#pragma warning disable CA2100 // The statement is the pipeline's own code; nothing of a caller is in it.
                command.CommandText = query.Sql;
#pragma warning restore CA2100
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                await WriteAsync(query, rows, path, progress, cancellationToken);
            }

            await using var written = File.OpenRead(path);
            return new(await Digest.OfAsync(written, cancellationToken), path);
        }
        catch (DbException problem)
        {
            File.Delete(path);
            throw new StageFailedException(new(
                "MLB1058", "The database did not answer the query", query.Describe(), Excerpt.Of(problem.Message), "rows",
                "look at the connection and the statement"));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task WriteAsync(
        DatabaseQuery query, DbDataReader rows, string path, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        await writer.WriteLineAsync(CsvLine.Of(Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
        var (count, cells) = (0L, new string[rows.FieldCount]);
        while (await rows.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = rows.IsDBNull(i) ? "" : Text(query, rows.GetName(i), rows.GetValue(i));
            }

            await writer.WriteLineAsync(CsvLine.Of(cells).AsMemory(), cancellationToken);
            if (++count % RowsBetweenReports == 0)
            {
                progress.Report(Invariant($"{count:N0} rows of {query.Database}"));
            }
        }
    }

    private static string Text(DatabaseQuery query, string column, object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString(FieldRule.TimeFormat, CultureInfo.InvariantCulture) + "Z",
        DateTime { Kind: DateTimeKind.Utc } time => time.ToString(FieldRule.TimeFormat, CultureInfo.InvariantCulture) + "Z",
        DateTime { TimeOfDay.Ticks: 0 } time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString(FieldRule.TimeFormat, CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        decimal or long or int or short or byte or sbyte or ushort or uint or ulong =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new StageFailedException(new(
            "MLB1059", "A column that no cell can hold", $"{query.Describe()}, column {column}", value.GetType().Name,
            "numbers, texts, flags, dates, times", "convert it in the statement")),
    };
}
