using System.Globalization;
using System.Text;
using CsvHelper;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Files;

/// <summary>Says what is wrong with a record whose quotes are.</summary>
internal static class MalformedRecord
{
    private const int MostCharacters = 80;

    public static Finding Describe(string name, long line, CsvMalformedRecord record, bool hidesValue) => new(
        "MLB1036", record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "Quote is never closed",
            CsvMalformedReason.StrayQuote => "Quote inside an unquoted field",
            CsvMalformedReason.TextAfterClosingQuote => "Text after a closing quote",
            _ => record.Reason.ToString(),
        },
        string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}"),
        hidesValue ? "***" : Excerpt.Of(record.RawRecord, MostCharacters), "quotes around the whole cell, doubled inside it",
        "correct the line");

    /// <summary>The beginning of a record.</summary>
    public static string Shown(ReadOnlySpan<byte> record, bool hidesValue) => hidesValue
        ? "***"
        : Excerpt.Of(Encoding.UTF8.GetString(record[..Math.Min(record.Length, 4 * (MostCharacters + 1))]), MostCharacters);
}
