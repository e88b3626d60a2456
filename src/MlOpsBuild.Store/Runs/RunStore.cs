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
        return File.Exists(PathOf(stem)) ? $"{stem}-{Environment.ProcessId}" : stem;
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
            var record = CanonicalJson.Deserialize<RunRecord>(await File.ReadAllBytesAsync(file, cancellationToken));
            if (record.Pipeline == pipeline)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");
}
