using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// The change of traffic that is under way, written before anything moves: whatever happens to the build that moves it, the next command
/// knows what was decided.
/// </summary>
internal sealed class IntentFile(MlOpsStore store, string pipeline, string environment)
{
    private string Path => System.IO.Path.Combine(store.Folder, "environments", $"{pipeline}.{environment}.intent.json");

    /// <summary>The open intent, or null. It is written whole or not at all: what cannot be read is none of ours.</summary>
    public RouteChange? Read() => File.Exists(Path) ? CanonicalJson.TryDeserialize<RouteChange>(File.ReadAllBytes(Path)) : null;

    public Task WriteAsync(RouteChange intent, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(Path, CanonicalJson.Serialize(intent), cancellationToken);

    public void Close()
    {
        if (File.Exists(Path))
        {
            File.Delete(Path);
        }
    }
}
