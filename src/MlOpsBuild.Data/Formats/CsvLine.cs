namespace MlOpsBuild.Data.Formats;

/// <summary>
/// Writes a line of a CSV file (RFC 4180): what holds a separator, a quote, a line break or spaces at its ends is quoted.
/// </summary>
internal static class CsvLine
{
    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted));

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny("\",\r\n") || cell.AsSpan().Trim().Length != cell.Length
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
