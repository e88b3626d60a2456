using System.Globalization;
using CsvHelper;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>Feeds the cells of one CSV file (RFC 4180, comma, header) to a table builder.</summary>
internal static class CsvFileReader
{
    /// <summary>False when the file is no table: empty, without rows, or with broken quotes or ragged rows.</summary>
    public static bool Read(
        string name, byte[] content, DataContract contract, TableBuilder builder, FindingCollector findings, CancellationToken cancellationToken)
    {
        var readable = true;
        if (content.AsSpan().Trim(" \r\n\t"u8).Length == 0)
        {
            findings.Add("", new("Empty file", name, null, "a header and rows", "check the export that made it"));
            return false;
        }

        var options = new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = record =>
            {
                readable = false;
                findings.Add("", Malformed(name, record, contract));
            },
        };
        using var reader = CsvReader.Create(content, options);
        reader.ReadHeader();
        var headers = reader.Headers.ToArray();
        if (Columns(name, headers, contract, findings) is not { } positions)
        {
            return readable;
        }

        var rows = 0;
        while (reader.Read())
        {
            if (++rows % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            builder.BeginRow(name, reader.LineNumber);
            for (var i = 0; i < positions.Length; i++)
            {
                builder.Cell(i, reader.GetString(positions[i]));
            }

            builder.EndRow();
        }

        if (rows == 0 && readable)
        {
            findings.Add("", new("Header without rows", name, null, "at least one row", "check the export that made it"));
            return false;
        }

        return readable;
    }

    private static Finding Malformed(string name, CsvMalformedRecord record, DataContract contract) => new(
        record.Reason switch
        {
            CsvMalformedReason.FieldCountMismatch => "Wrong number of fields",
            CsvMalformedReason.UnterminatedQuote => "Quote is never closed",
            CsvMalformedReason.StrayQuote => "Quote inside an unquoted field",
            CsvMalformedReason.TextAfterClosingQuote => "Text after a closing quote",
            _ => record.Reason.ToString(),
        },
        string.Create(CultureInfo.InvariantCulture, $"{name}, line {record.LineNumber}"),
        contract.Columns.Any(column => column.PersonalData) ? "***" : record.RawRecord.Length > 80 ? record.RawRecord[..80] + "…" : record.RawRecord,
        "one field per header name, quotes doubled inside quoted fields",
        "correct the line");

    // Position in the file of each contract column; null when columns are wrong, with all of them named.
    private static int[]? Columns(string name, string[] headers, DataContract contract, FindingCollector findings)
    {
        var found = new List<Finding>();
        var expected = contract.Columns.Select(column => column.Name).ToList();
        found.AddRange(headers.GroupBy(header => header).Where(group => group.Count() > 1)
            .Select(group => new Finding("Duplicate column", $"{name}, header", group.Key, "each column once", "remove one of them")));
        found.AddRange(headers.Distinct().Where(header => !expected.Contains(header))
            .Select(header => new Finding("Column is not in the contract", $"{name}, header", header, string.Join(", ", expected), "remove it, rename it, or add it to the contract")));
        found.AddRange(expected.Where(column => !headers.Contains(column))
            .Select(column => new Finding("Missing column", $"{name}, header", column, string.Join(", ", expected), "add it, or drop it from the contract")));
        found.ForEach(finding => findings.Add(finding.Value!, finding));
        return found.Count == 0 ? [.. expected.Select(column => Array.IndexOf(headers, column))] : null;
    }
}
