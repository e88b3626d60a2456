using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Approvals, one file each, a folder per day; a team shares them.</summary>
public sealed class ApprovalStore(MlOpsStore store)
{
    private string Folder => Path.Combine(store.Folder, "approvals");

    /// <summary>A name for an approval at <paramref name="time"/>; it sorts behind every one that is known.</summary>
    public string NewId(DateTimeOffset time) => $"{FactPath.NameOf(FactPath.After(Folder, time))}-{store.Origin}";

    /// <summary>Writes an approval, signed where there is a key.</summary>
    public Task SaveAsync(Approval approval, CancellationToken cancellationToken) => AtomicFile.WriteAsync(
        Path.Combine(Folder, FactPath.DayOf(approval.Id), approval.Id + ".json"),
        CanonicalJson.Serialize(approval with { Signature = store.Trust.Sign(approval with { Signature = null }) }), cancellationToken);

    /// <summary>
    /// The approvals on an environment that come from somebody this checkout believes, by bundle and oldest first, signed where
    /// signatures are demanded. What they prove is <see cref="Approver"/>'s to say.
    /// </summary>
    /// <exception cref="StageFailedException">One cannot be read: it may be one that takes another back.</exception>
    public async Task<ILookup<Digest, Approval>> ByBundleAsync(string pipeline, string environment, CancellationToken cancellationToken)
    {
        var found = new List<Approval>();
        foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories) : [])
        {
            var approval = CanonicalJson.TryDeserialize<Approval>(await File.ReadAllBytesAsync(file, cancellationToken))
                ?? throw new StageFailedException(new Finding(
                    "MLB5040", "An approval cannot be read", file, null, "what ./build.sh Approve writes",
                    "./build.sh Doctor repairs it from the team's state"));
            if (approval.Pipeline == pipeline && approval.Environment == environment
                && store.Trust.Keys.Believes(approval with { Signature = null }, approval.Signature))
            {
                // Where nobody is trusted a signature proves nothing.
                found.Add(store.Trust.Keys.Demands ? approval : approval with { Signature = null });
            }
        }

        return found.OrderBy(approval => approval.Id, StringComparer.Ordinal).ToLookup(approval => approval.Bundle);
    }

    /// <summary>The approvals of one version among them, oldest first.</summary>
    public async Task<IReadOnlyList<Approval>> OfAsync(
        string pipeline, string environment, Digest bundle, CancellationToken cancellationToken) =>
        [.. (await ByBundleAsync(pipeline, environment, cancellationToken))[bundle]];
}
