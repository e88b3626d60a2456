using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Files;

/// <summary>One file to read.</summary>
/// <param name="Name">How it is shown.</param>
/// <param name="Open">Its bytes from the start; a stream that can seek where the file is Parquet.</param>
/// <param name="Format">How it is written.</param>
public sealed record TableFile(string Name, Func<Stream> Open, TableFormat Format)
{
    private static readonly byte[] ParquetMark = "PAR1"u8.ToArray();
    private static readonly TableFormat JoinedFormat = new() { Kind = FileKind.Delimited, Separator = ',', Trim = false };

    /// <summary>Columns that were joined to its rows; null for none.</summary>
    internal TableFile? Joined { get; init; }

    /// <summary>A file at hand.</summary>
    public static TableFile At(string path, string name, TableFormat format) => new(name, () => File.OpenRead(path), format);

    /// <summary>A file in memory, in the usual format.</summary>
    public static TableFile Of(string name, byte[] content) =>
        new(name, () => new MemoryStream(content, writable: false), TableFormat.Usual);

    /// <summary>The same with the columns that were joined to its rows, in the file at <paramref name="path"/>.</summary>
    public TableFile With(string path) => this with { Joined = At(path, $"joined to {Name}", JoinedFormat) };

    /// <summary>The kind: what is declared, what its first bytes say, or what its name does.</summary>
    internal FileKind KindOf(ReadOnlySpan<byte> head)
    {
        var name = Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Name[..^3] : Name;
        return Format.Kind ?? (head.StartsWith(ParquetMark) ? FileKind.Parquet : Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => FileKind.JsonLines,
            ".PARQUET" => FileKind.Parquet,
            _ => FileKind.Delimited,
        });
    }

    /// <summary>Opens the rows.</summary>
    /// <param name="expected">Names that somebody expects; empty where anything is welcome.</param>
    /// <param name="hidesValues">Whether what is shown of broken rows must hide them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">The file as a whole cannot be read.</exception>
    internal async Task<IRowCursor> OpenRowsAsync(
        IReadOnlyCollection<string> expected, bool hidesValues, CancellationToken cancellationToken)
    {
        if (Joined == null)
        {
            return await OpenAsync(expected, hidesValues, cancellationToken);
        }

        var joined = await Joined.OpenAsync([], hidesValues, cancellationToken);
        try
        {
            return new JoinedCursor(Name, await OpenAsync([.. expected.Except(joined.Names)], hidesValues, cancellationToken), joined);
        }
        catch (Exception)
        {
            await joined.DisposeAsync();
            throw;
        }
    }

    private async Task<IRowCursor> OpenAsync(
        IReadOnlyCollection<string> expected, bool hidesValues, CancellationToken cancellationToken)
    {
        if (Format.Problems().FirstOrDefault() is { } declared)
        {
            throw new StageFailedException(declared with { Where = $"the format of {Name}, {declared.Where}" });
        }

        var stream = Open();
        try
        {
            var head = new byte[ParquetMark.Length];
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            if (KindOf(head.AsSpan(0, length)) == FileKind.Parquet)
            {
                return await ParquetCursor.OpenAsync(
                    Name, stream, column => expected.Count == 0 ? !Format.Ignored.Contains(column) : expected.Contains(column),
                    cancellationToken);
            }

            var text = SourceText.Open(Name, stream, Format);
            return KindOf(text.Head) == FileKind.JsonLines
                ? new JsonLinesCursor(Name, text, Format, expected, hidesValues)
                : new DelimitedCursor(Name, text, Format, expected, hidesValues);
        }
        catch (Exception)
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
