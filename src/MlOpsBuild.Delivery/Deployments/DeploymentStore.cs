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
    public async Task<IReadOnlyList<DeploymentRecord>> OfAsync(string pipeline, CancellationToken cancellationToken)
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories) : [];
        var records = await Task.WhenAll(
            files.Select(async file => CanonicalJson.Deserialize<DeploymentRecord>(await File.ReadAllBytesAsync(file, cancellationToken))));
        return [.. records.Where(record => record.Pipeline == pipeline).OrderByDescending(record => record.Id, StringComparer.Ordinal)];
    }

    private string PathOf(string id) => Path.Combine(Folder, FactPath.DayOf(id), id + ".json");
}
