using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>
/// Records of A/B tests, one file each, a folder per day: <c>.mlops/experiments</c>; and the last look at one that goes on, for others to
/// see, in <c>.mlops/live</c>.
/// </summary>
public sealed class ExperimentStore(MlOpsStore store)
{
    private string Folder => Path.Combine(store.Folder, "experiments");

    /// <summary>A name for a test that begins at <paramref name="time"/>; it sorts behind every one that is known.</summary>
    public string NewId(DateTimeOffset time, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{FactPath.NameOf(FactPath.After(Folder, time))}-ab{version}-{store.Origin}");

    /// <summary>Writes a record, signed where there is a key.</summary>
    public Task SaveAsync(ExperimentRecord record, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            PathOf(record.Id), CanonicalJson.Serialize(record with { Signature = store.Trust.Sign(record with { Signature = null }) }),
            cancellationToken);

    /// <summary>The record called <paramref name="id"/>, or null.</summary>
    public async Task<ExperimentRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        File.Exists(PathOf(id))
            ? CanonicalJson.Deserialize<ExperimentRecord>(await File.ReadAllBytesAsync(PathOf(id), cancellationToken))
            : null;

    /// <summary>All records of <paramref name="pipeline"/>, newest first.</summary>
    public async Task<IReadOnlyList<ExperimentRecord>> OfAsync(string pipeline, CancellationToken cancellationToken)
    {
        var records = new List<ExperimentRecord>();
        foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories) : [])
        {
            if (CanonicalJson.TryDeserialize<ExperimentRecord>(await File.ReadAllBytesAsync(file, cancellationToken)) is { } record
                && record.Pipeline == pipeline)
            {
                records.Add(record);
            }
        }

        return [.. records.OrderByDescending(record => record.Id, StringComparer.Ordinal)];
    }

    /// <summary>The newest test of a pipeline in an environment; null where there was none.</summary>
    public async Task<ExperimentRecord?> NewestAsync(string pipeline, string environment, CancellationToken cancellationToken) =>
        (await OfAsync(pipeline, cancellationToken)).FirstOrDefault(record => record.Environment == environment);

    /// <summary>Lets others see a look; a test does not fail where it cannot be written.</summary>
    public async Task ShowAsync(ExperimentRecord record, ExperimentLook look, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.WriteAsync(LivePathOf(record), CanonicalJson.Serialize(new ShownLook(record.Id, look)), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever looks sees less.
        }
    }

    /// <summary>The last look at a test: its result, or what <see cref="ShowAsync"/> kept; null where nobody looked.</summary>
    public async Task<ExperimentLook?> LastLookAsync(ExperimentRecord record, CancellationToken cancellationToken) =>
        record.Result
        ?? (File.Exists(LivePathOf(record))
            && CanonicalJson.TryDeserialize<ShownLook>(await File.ReadAllBytesAsync(LivePathOf(record), cancellationToken)) is { } shown
            && shown.Id == record.Id
                ? shown.Look
                : null);

    /// <summary>Ends the test that <paramref name="change"/> took away, where there was one: once, however often this is tried.</summary>
    internal async Task EndAsync(RouteChange change, CancellationToken cancellationToken)
    {
        if (change is { Kind: RouteChangeKind.Withdraw, Deployment: { } id }
            && await FindAsync(id, cancellationToken) is { Decision: ExperimentDecision.Open } record)
        {
            await SaveAsync(
                record.End(
                    ExperimentDecision.Withdrawn, change.Actor, change.Reason, change.At, await LastLookAsync(record, cancellationToken)),
                cancellationToken);
        }
    }

    private string LivePathOf(ExperimentRecord record) =>
        Path.Combine(store.Folder, "live", $"{record.Pipeline}.{record.Environment}.experiment.json");

    private string PathOf(string id) => Path.Combine(Folder, FactPath.DayOf(id), id + ".json");

    private sealed record ShownLook(string Id, ExperimentLook Look);
}
