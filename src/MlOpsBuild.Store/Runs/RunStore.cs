using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Runs;

/// <summary>Run records, one file each, named by time and by the store they were made in; a folder per day.</summary>
public sealed class RunStore
{
    private const int Newest = 100;
    private readonly string _folder;
    private readonly Func<string> _origin;
    private readonly FileNotes _notes;

    internal RunStore(string folder, Func<string> origin)
    {
        _folder = folder;
        _origin = origin;
        _notes = new(Path.GetDirectoryName(folder)!, "runs", folder);
    }

    /// <summary>
    /// A name nobody has used, here or on another machine, for a run that begins at <paramref name="time"/>; it sorts
    /// behind every run that is known.
    /// </summary>
    public string NewId(DateTimeOffset time)
    {
        var stem = FactPath.NameOf(FactPath.After(_folder, time));
        var origin = _origin();
        var id = $"{stem}-{origin}";
        for (var next = 2; !TryReserve(id); next++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}_{next:000}-{origin}");
        }

        return id;
    }

    /// <summary>Writes <paramref name="record"/>, replacing an earlier state of the same run.</summary>
    public Task SaveAsync(RunRecord record, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(PathOf(record.Id), CanonicalJson.Serialize(record), cancellationToken);

    /// <summary>All runs of <paramref name="pipeline"/>, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> OfAsync(string pipeline, CancellationToken cancellationToken)
    {
        var records = new List<RunRecord>();
        foreach (var file in await FilesOfAsync(pipeline, cancellationToken))
        {
            if (await ReadAsync(file, cancellationToken) is { } record && record.Pipeline == pipeline)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>
    /// The newest run of <paramref name="pipeline"/> that <paramref name="wanted"/> accepts, or null; older ones are not read.
    /// </summary>
    public async Task<RunRecord?> LatestAsync(string pipeline, Func<RunRecord, bool> wanted, CancellationToken cancellationToken)
    {
        // What is asked for is among the newest more often than not; only then is it looked up where the others are.
        var read = new HashSet<string>();
        foreach (var file in NewestFirst().Take(Newest))
        {
            read.Add(file);
            if (await ReadAsync(file, cancellationToken) is { } record && record.Pipeline == pipeline && wanted(record))
            {
                return record;
            }
        }

        foreach (var file in read.Count < Newest ? [] : await FilesOfAsync(pipeline, cancellationToken))
        {
            if (!read.Contains(file)
                && await ReadAsync(file, cancellationToken) is { } record && record.Pipeline == pipeline && wanted(record))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The run called <paramref name="id"/>, or null.</summary>
    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        File.Exists(PathOf(id)) ? await ReadAsync(PathOf(id), cancellationToken) : null;

    // Those of which nothing is noted may be anybody's.
    private async Task<IEnumerable<string>> FilesOfAsync(string pipeline, CancellationToken cancellationToken) =>
        (await _notes.AllAsync(record => JsonMembers.TextOf(record, "pipeline"), cancellationToken))
            .Where(file => file.Note == null || file.Note == pipeline)
            .Select(file => file.Path)
            .OrderByDescending(file => Path.GetFileName(file), StringComparer.Ordinal);

    // The folder is the day that the name begins with: those of other days are not listed until they are asked for.
    private IEnumerable<string> NewestFirst()
    {
        var days = Directory.Exists(_folder) ? Directory.GetDirectories(_folder) : [];
        return days.All(day => FactPath.DayOf(Path.GetFileName(day)) == Path.GetFileName(day)) && StoredFiles.In(_folder).Count == 0
            ? days.OrderByDescending(day => Path.GetFileName(day), StringComparer.Ordinal)
                .SelectMany(day => StoredFiles.Below(day).Reverse())
            : StoredFiles.Below(_folder).OrderByDescending(file => Path.GetFileName(file), StringComparer.Ordinal);
    }

    private static async Task<RunRecord?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(file, cancellationToken);
        return content.Length > 0 ? CanonicalJson.Deserialize<RunRecord>(content) : null;
    }

    // An empty file takes the name, so that no two builds ever share one.
    private bool TryReserve(string id)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
            using var reserved = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(id)))
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(PathOf(id), problem);
        }
    }

    private string PathOf(string id) => Path.Combine(_folder, FactPath.DayOf(id), id + ".json");
}
