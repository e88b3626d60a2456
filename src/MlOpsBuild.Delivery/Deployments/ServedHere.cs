using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Which bundles served on this machine, in a file that is nobody else's: what the team says of it was said elsewhere. It outlives the
/// gateway's routes, which go when a machine is started anew.
/// </summary>
internal static class ServedHere
{
    /// <summary>Whether <paramref name="bundle"/> served here.</summary>
    public static bool Has(MlOpsStore store, string environment, Digest bundle) => Read(store, environment).Contains(bundle);

    /// <summary>Remembers that it does.</summary>
    public static async Task AddAsync(MlOpsStore store, string environment, Digest bundle, CancellationToken cancellationToken)
    {
        if (!Has(store, environment, bundle))
        {
            await AtomicFile.WriteAsync(
                FileOf(store, environment), CanonicalJson.Serialize<IReadOnlyList<Digest>>([.. Read(store, environment), bundle]),
                cancellationToken);
        }
    }

    // One that cannot be read remembers nothing: what it would let through is asked about.
    private static IReadOnlyList<Digest> Read(MlOpsStore store, string environment) =>
        File.Exists(FileOf(store, environment))
            ? CanonicalJson.TryDeserialize<IReadOnlyList<Digest>>(File.ReadAllBytes(FileOf(store, environment))) ?? []
            : [];

    private static string FileOf(MlOpsStore store, string environment) => Path.Combine(store.Folder, "served", environment + ".json");
}
