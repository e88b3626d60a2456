using System.Text;
using CsvHelper;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;
using static System.FormattableString;

namespace MlOpsBuild.Data.Files;

/// <summary>
/// What the beginning of a delimited file tells: its separator, its names, and what is wrong with all of its rows at once.
/// </summary>
internal static class DelimitedHead
{
    private const int MostRecords = 100;
    private const int MostCharacters = 120;
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The separator and the names.</summary>
    /// <param name="name">The file's shown name.</param>
    /// <param name="text">The file.</param>
    /// <param name="format">What is declared.</param>
    /// <param name="expected">Names that somebody expects; empty where anything is welcome.</param>
    /// <param name="hidesValues">Whether a first line that may be no header must not be shown.</param>
    /// <exception cref="StageFailedException">It is empty, or no row fits the names.</exception>
    public static (char Separator, IReadOnlyList<string> Names) Read(
        string name, SourceText text, TableFormat format, IReadOnlyCollection<string> expected, bool hidesValues)
    {
        if (text.IsWhole && text.Head.AsSpan().Trim(" \r\n\t"u8).Length == 0)
        {
            throw new StageFailedException(new("MLB1028", "Empty file", name, null, "a header and rows", "check the export that made it"));
        }

        var separator = SeparatorOf(name, text, format, expected);
        var (records, broken) = Records(text, format, separator);
        if (broken is { } header && format.HasHeader)
        {
            throw new StageFailedException(MalformedRecord.Describe(name, header.LineNumber, header, hidesValues));
        }

        if (records.Count == 0)
        {
            throw new StageFailedException(
                new("MLB1028", "Empty file", name, null, "a header and rows", "check the export that made it, and the sign for comments"));
        }

        var names = format.Names ?? records[0];
        var rows = records.Skip(format.HasHeader ? 1 : 0).Select(record => record.Count).ToList();
        if (rows.Count > 0 && rows.Distinct().Count() == 1 && rows[0] != names.Count && rows.Count > 1)
        {
            var unnamed = format.HasHeader && rows[0] == names.Count + 1;
            throw new StageFailedException(new(
                "MLB1029", Invariant($"{names.Count} names, rows have {rows[0]}"), $"{name}, header", Shown(names),
                Invariant($"{rows[0]} names"),
                unnamed
                    ? "name all columns in file order with Names; the first one of the rows is probably the row's number"
                    : "name all columns in file order with Names, or correct the separator"));
        }

        if (format is { HasHeader: true, Names: null } && expected.Count > 0 && !names.Any(expected.Contains)
            && names.Any(MissingHeader.IsNumber))
        {
            throw new StageFailedException(new(
                "MLB1030", "The file has no header", $"{name}, line 1", hidesValues ? "***" : Shown(names), string.Join(", ", expected),
                "name the columns in file order with Names, and set HasHeader to false"));
        }

        return (separator, names);
    }

    /// <summary>Settings of the reader for what is declared.</summary>
    public static CsvReaderOptions Options(TableFormat format, char separator) => new()
    {
        HasHeader = false,
        Separator = separator,
        CommentPrefix = format.Comment,
        TrimWhitespace = format.Trim,
        TrackLineNumbers = true,
        Encoding = Encoding.UTF8,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MaxRecordSize = MostBytes,
    };

    /// <summary>Most bytes of a row: a quote that is never closed must not fill the memory.</summary>
    public const int MostBytes = 1 << 26;

    // The one by which most names are those that are expected; else the one that gives most cells.
    private static char SeparatorOf(string name, SourceText text, TableFormat format, IReadOnlyCollection<string> expected)
    {
        var candidates = format.Separator is { } declared ? [declared, .. Separators.Where(other => other != declared)] : Separators;
        var scored = candidates.Select(candidate => (Separator: candidate, Score: Score(Records(text, format, candidate, 1).Records)))
            .ToList();
        var best = scored.MaxBy(candidate => candidate.Score);
        if (format.Separator is { } said && best.Separator != said && best.Score.Fitting > scored[0].Score.Fitting)
        {
            throw new StageFailedException(new(
                "MLB1031", $"The separator looks like {Name(best.Separator)}", $"{name}, line 1", Name(said),
                "the separator that is declared", "declare the one of the file, or none: it is recognised"));
        }

        return format.Separator ?? best.Separator;

        (int Fitting, int Cells) Score(List<List<string>> first) => first.Count == 0 ? default
            : format.Names is { } names ? (first[0].Count == names.Count ? names.Count : 0, 0)
            : (expected.Count == 0 ? first[0].Count : first[0].Count(expected.Contains), first[0].Count);
    }

    private static (List<List<string>> Records, CsvMalformedRecord? BrokenFirst) Records(
        SourceText text, TableFormat format, char separator, int most = MostRecords)
    {
        // The last record of a head that goes on may be cut: it is where nothing follows it.
        var records = new List<List<string>>();
        var isCut = false;
        CsvMalformedRecord? first = null;
        using var reader = CsvReader.Create(
            text.Head, Options(format, separator) with { OnMalformedRecord = record => first ??= records.Count == 0 ? record : null });
        while (records.Count <= most && reader.Read())
        {
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
            isCut = !text.IsWhole && reader.ByteOffset + reader.RawRecord.Length >= text.Head.Length;
        }

        return ([.. (isCut ? records[..^1] : records).Take(most)], first);
    }

    private static string Name(char separator) => separator switch
    {
        '\t' => "a tab",
        ' ' => "a space",
        _ => separator.ToString(),
    };

    private static string Shown(IReadOnlyList<string> names) => Excerpt.Of(string.Join(", ", names), MostCharacters);
}
