using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Deployment records, one file each, a folder per day.</summary>
public sealed class DeploymentStore(MlOpsStore store)
{
    private string Folder => Path.Combine(store.Folder, "deployments");

    /// <summary>A name for a deployment that begins at <paramref name="time"/>; it sorts behind every one that is known.</summary>
    public string NewId(DateTimeOffset time, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{FactPath.NameOf(FactPath.After(Folder, time))}-v{version}-{store.Origin}");

    /// <summary>Writes a record, signed where there is a key.</summary>
    public Task SaveAsync(DeploymentRecord record, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            PathOf(record.Id), CanonicalJson.Serialize(record with { Signature = store.Trust.Sign(record with { Signature = null }) }),
            cancellationToken);

    /// <summary>The record called <paramref name="id"/>, or null.</summary>
    public async Task<DeploymentRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var path = PathOf(id);
        return File.Exists(path)
            ? CanonicalJson.Deserialize<DeploymentRecord>(await File.ReadAllBytesAsync(path, cancellationToken))
            : null;
    }

    /// <summary>Whether a record comes from somebody this checkout believes.</summary>
    public bool Believes(DeploymentRecord record) => store.Trust.Keys.Believes(record with { Signature = null }, record.Signature);

    /// <summary>All records of <paramref name="pipeline"/>, newest first.</summary>
    public Task<IReadOnlyList<DeploymentRecord>> OfAsync(string pipeline, CancellationToken cancellationToken) =>
        WhereAsync((name, _) => name == pipeline, cancellationToken);

    /// <summary>The records whose pipeline and outcome are <paramref name="wanted"/>, newest first; others are not read.</summary>
    public async Task<IReadOnlyList<DeploymentRecord>> WhereAsync(
        Func<string, DeploymentOutcome, bool> wanted, CancellationToken cancellationToken)
    {
        var files = (await new FileNotes(store.Folder, "deployments", Folder).AllAsync(Note, cancellationToken))
            .Where(file => file.Note is not { } note || (note.IndexOf(' ', StringComparison.Ordinal) is var space
                && wanted(note[(space + 1)..], Enum.Parse<DeploymentOutcome>(note[..space]))));
        var records = await Task.WhenAll(files.Select(
            async file => CanonicalJson.Deserialize<DeploymentRecord>(await File.ReadAllBytesAsync(file.Path, cancellationToken))));
        return
        [
            .. records.Where(record => wanted(record.Pipeline, record.Outcome))
                .OrderByDescending(record => record.Id, StringComparer.Ordinal)
        ];
    }

    private static string? Note(byte[] record) =>
        JsonMembers.TextOf(record, "pipeline") is { } pipeline
            && Enum.TryParse<DeploymentOutcome>(JsonMembers.TextOf(record, "outcome"), out var outcome)
            ? $"{outcome} {pipeline}"
            : null;

    private string PathOf(string id) => Path.Combine(Folder, FactPath.DayOf(id), id + ".json");
}
