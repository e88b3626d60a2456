using System.Globalization;
using System.Runtime.CompilerServices;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Runs;

/// <summary>Run records, one file each, named by time and by the store they were made in; a folder per day.</summary>
public sealed class RunStore
{
    private readonly string _folder;
    private readonly Func<string> _origin;

    internal RunStore(string folder, Func<string> origin)
    {
        _folder = folder;
        _origin = origin;
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
        await foreach (var record in NewestFirstAsync(cancellationToken))
        {
            if (record.Pipeline == pipeline)
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
        await foreach (var record in NewestFirstAsync(cancellationToken))
        {
            if (record.Pipeline == pipeline && wanted(record))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The run called <paramref name="id"/>, or null.</summary>
    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        File.Exists(PathOf(id)) ? await ReadAsync(PathOf(id), cancellationToken) : null;

    private async IAsyncEnumerable<RunRecord> NewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in StoredFiles.Below(_folder).OrderByDescending(file => Path.GetFileName(file), StringComparer.Ordinal))
        {
            if (await ReadAsync(file, cancellationToken) is { } record)
            {
                yield return record;
            }
        }
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
