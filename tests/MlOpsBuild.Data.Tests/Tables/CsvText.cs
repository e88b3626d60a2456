namespace MlOpsBuild.Data.Tables.Tests;

/// <summary>The smallest RFC 4180 writer.</summary>
internal static class CsvText
{
    public static string Write(IEnumerable<IEnumerable<string>> records, string lineEnd) =>
        string.Concat(records.Select(fields => string.Join(',', fields.Select(Quoted)) + lineEnd));

    private static string Quoted(string field) =>
        field.Length == 0 || field.Trim().Length != field.Length || field.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
