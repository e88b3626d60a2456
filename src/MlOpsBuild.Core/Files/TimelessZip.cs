using System.IO.Compression;

namespace MlOpsBuild.Core.Files;

/// <summary>An archive without the time at which it was written, in the order of names: the same content, the same bytes.</summary>
public static class TimelessZip
{
    // The earliest that the format knows.
    private static readonly DateTimeOffset Start = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same files as in another archive.</summary>
    public static byte[] Of(byte[] archive)
    {
        using var from = new ZipArchive(new MemoryStream(archive));
        return Write(from.Entries.Select(entry =>
        {
            using var source = entry.Open();
            using var content = new MemoryStream();
            source.CopyTo(content);
            return KeyValuePair.Create(entry.FullName, content.ToArray());
        }));
    }

    /// <summary>An archive of <paramref name="files"/>, each with its path.</summary>
    public static byte[] Write(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var written = new MemoryStream();
        using (var to = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                var entry = to.CreateEntry(path, CompressionLevel.Optimal);
                entry.LastWriteTime = Start;
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return written.ToArray();
    }
}
