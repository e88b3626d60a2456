using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MlOpsBuild.Core.Files;

/// <summary>
/// Digests of files, remembered between runs: a file whose stamp is the one it was read with is not read again. As git does with its index,
/// only a file that had rested when it was read is remembered, since a second change in the same moment would not show.
/// </summary>
public sealed class FileDigests
{
    private const string Title = "mlops file digests 1";
    private const int MostRemembered = 1_000_000;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lazy<ConcurrentDictionary<string, Entry>> _entries;
    private int _news;

    /// <summary>Digests that are kept in a file.</summary>
    /// <param name="path">The file; where it is missing or damaged, all is read anew.</param>
    /// <param name="time">Tells now.</param>
    public FileDigests(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _entries = new(() => Read(path));
    }

    /// <summary>The digest of the file at <paramref name="path"/>, read only when need be. May be called by several threads.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public async Task<Digest> OfAsync(string path, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        if (_entries.Value.TryGetValue(path, out var known) && known.Stamp == stamp)
        {
            _entries.Value[path] = known with { Asked = true };
            return known.Digest;
        }

        var now = _time.GetUtcNow();
        await using var stream = File.OpenRead(path);
        var digest = await Digest.OfAsync(stream, cancellationToken);
        if (stamp.IsSettled(now) && FileStamp.Of(path) == stamp)
        {
            _entries.Value[path] = new(stamp, digest, true);
            Interlocked.Increment(ref _news);
        }

        return digest;
    }

    /// <summary>The files at <paramref name="paths"/> with their digests, in the same order; several are read at once.</summary>
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public async Task<IReadOnlyList<Artifact>> OfAllAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var files = new Artifact[paths.Count];
        await Parallel.ForAsync(
            0, files.Length, cancellationToken,
            async (place, token) => files[place] = new(await OfAsync(paths[place], token), paths[place]));
        return files;
    }

    /// <summary>
    /// Writes what is new, whole, by rename. Two builds that write at once lose what one of them learnt, and nothing else; where it cannot
    /// be written, files are read again.
    /// </summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _news, 0) == 0)
        {
            return;
        }

        var (text, all) = (new StringBuilder(Title).Append('\n'), _entries.Value.Count <= MostRemembered);
        foreach (var (path, entry) in _entries.Value.Where(entry => (all || entry.Value.Asked)
            && !entry.Key.Contains('\n', StringComparison.Ordinal)))
        {
            text.Append(entry.Stamp.Write()).Append(' ').Append(entry.Digest.Hex).Append(' ').Append(path).Append('\n');
        }

        var content = Encoding.UTF8.GetBytes(text.ToString());
        var temporary = $"{_path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            await File.WriteAllBytesAsync(
                temporary, [.. Encoding.ASCII.GetBytes(Digest.Of(content).Hex + "\n"), .. content], cancellationToken);
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static ConcurrentDictionary<string, Entry> Read(string path)
    {
        var entries = new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal);
        try
        {
            var content = File.ReadAllBytes(path);
            var start = content.AsSpan().IndexOf((byte)'\n') + 1;

            // The first line is the digest of the rest: half a file is none.
            if (start == 0 || Encoding.ASCII.GetString(content.AsSpan(0, start - 1)) != Digest.Of(content.AsSpan(start)).Hex)
            {
                return entries;
            }

            var text = Encoding.UTF8.GetString(content.AsSpan(start)).AsSpan();
            foreach (var line in text.StartsWith(Title + "\n") ? text[Title.Length..].Split('\n') : default)
            {
                Add(entries, text[Title.Length..][line]);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What cannot be remembered is read again.
        }

        return entries;
    }

    private static void Add(ConcurrentDictionary<string, Entry> entries, ReadOnlySpan<char> line)
    {
        Span<Range> parts = stackalloc Range[6];
        if (line.Split(parts, ' ') == 6 && Digest.TryParse($"sha256:{line[parts[4]]}", out var digest))
        {
            var stamp = new FileStamp(
                Number(line[parts[0]]), Number(line[parts[1]]), Number(line[parts[2]]),
                ulong.Parse(line[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture));
            entries[line[parts[5]].ToString()] = new(stamp, digest, false);
        }
    }

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private readonly record struct Entry(FileStamp Stamp, Digest Digest, bool Asked);
}
