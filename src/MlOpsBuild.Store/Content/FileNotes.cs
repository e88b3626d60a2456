using System.IO.Enumeration;
using System.Text;

namespace MlOpsBuild.Store.Content;

/// <summary>
/// What was read out of records, so that not every record is read again each time. A note holds while its file has the length and the
/// time it had; the notes themselves are a cache, which may be deleted, damaged or behind at any time.
/// </summary>
/// <param name="store">The store's folder.</param>
/// <param name="name">The name of the notes.</param>
/// <param name="folder">The folder below which the records are; no separator at its end.</param>
public sealed class FileNotes(string store, string name, string folder)
{
    // Fewer are read again as fast as their notes.
    private const int Worth = 64;
    private static readonly TimeSpan Unsure = TimeSpan.FromSeconds(2);

    private string Cache => Path.Combine(store, "cache", name + ".notes");

    /// <summary>All records, with what <paramref name="read"/> finds in each; in no order.</summary>
    /// <param name="read">What is noted of a record's content; null notes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<NotedFile>> AllAsync(Func<byte[], string?> read, CancellationToken cancellationToken)
    {
        var (known, found, news) = ((Dictionary<string, Stamped>?)null, new List<Stamped>(), 0);
        var files = Files();
        if (files.Count >= Worth)
        {
            known = Known();
        }

        foreach (var file in files)
        {
            if (known?.GetValueOrDefault(file.Path) is { } note && note.Length == file.Length && note.Modified == file.Modified)
            {
                found.Add(note);
                continue;
            }

            try
            {
                found.Add(file with { Note = read(await File.ReadAllBytesAsync(Full(file), cancellationToken)) });
                news++;
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Pruned or renumbered meanwhile.
            }
        }

        if (news >= Worth || (known != null && known.Count > found.Count + Worth))
        {
            await CacheFile.WriteAsync(Cache, Written(found), cancellationToken);
        }

        return [.. found.Select(file => new NotedFile(Full(file), file.Note))];
    }

    private string Full(Stamped file) => Path.Combine(folder, file.Path);

    private List<Stamped> Files() => !Directory.Exists(folder) ? [] :
    [
        .. new FileSystemEnumerable<Stamped>(
            folder,
            (ref FileSystemEntry entry) => new(
                entry.ToSpecifiedFullPath()[(folder.Length + 1)..], entry.Length, entry.LastWriteTimeUtc.Ticks, null),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(".json"),
        },
    ];

    // A file that was written when its note was, or later, may have been written twice in one tick of the clock.
    private Dictionary<string, Stamped> Known()
    {
        var notes = new Dictionary<string, Stamped>();
        if (CacheFile.Read(Cache) is not { } content)
        {
            return notes;
        }

        var written = File.GetLastWriteTimeUtc(Cache) - Unsure;
        var same = new Dictionary<string, string>();
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (path, length, modified) = (reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
            var note = reader.ReadBoolean() ? reader.ReadString() : null;
            if (modified < written.Ticks)
            {
                notes[path] = new(path, length, modified, note == null ? null : Shared(note));
            }
        }

        return notes;

        string Shared(string note) => same.TryGetValue(note, out var known) ? known : same[note] = note;
    }

    private static byte[] Written(List<Stamped> notes)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(notes.Count);
        foreach (var note in notes)
        {
            writer.Write(note.Path);
            writer.Write(note.Length);
            writer.Write(note.Modified);
            writer.Write(note.Note != null);
            if (note.Note != null)
            {
                writer.Write(note.Note);
            }
        }

        writer.Flush();
        return stream.ToArray();
    }

    private sealed record Stamped(string Path, long Length, long Modified, string? Note);
}
