using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Runs;

/// <summary>Run records, one file each, named by time.</summary>
public sealed class RunStore
{
    private readonly string _folder;

    internal RunStore(string folder) => _folder = folder;

    /// <summary>A name nobody has used for a run that begins at <paramref name="time"/>.</summary>
    public string NewId(DateTimeOffset time)
    {
        var stem = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture);
        var id = stem;
        for (var next = 2; !TryReserve(id); next++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}_{next:000}");
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
        foreach (var file in StoredFiles.In(_folder).Reverse())
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            if (content.Length > 0 && CanonicalJson.Deserialize<RunRecord>(content) is { } record && record.Pipeline == pipeline)
            {
                records.Add(record);
            }
        }

        return records;
    }

    // An empty file takes the name, so that no two builds ever share one.
    private bool TryReserve(string id)
    {
        try
        {
            Directory.CreateDirectory(_folder);
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

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");
}
