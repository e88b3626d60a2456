using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>What was found last of what serves: <c>.mlops/monitoring/PIPELINE.ENVIRONMENT.json</c>.</summary>
public sealed class MonitorResultStore(MlOpsStore store)
{
    private string Folder => Path.Combine(store.Folder, "monitoring");

    /// <summary>Keeps a result in place of the one before.</summary>
    public Task SaveAsync(MonitorResult result, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(PathOf(result.Pipeline, result.Environment), CanonicalJson.Serialize(result), cancellationToken);

    /// <summary>What was found last in one place; null where nobody looked, or nobody can read it.</summary>
    public async Task<MonitorResult?> FindAsync(string pipeline, string environment, CancellationToken cancellationToken) =>
        File.Exists(PathOf(pipeline, environment))
            ? CanonicalJson.TryDeserialize<MonitorResult>(await File.ReadAllBytesAsync(PathOf(pipeline, environment), cancellationToken))
            : null;

    /// <summary>What was found last in each place of a pipeline.</summary>
    public async Task<IReadOnlyList<MonitorResult>> OfAsync(string pipeline, CancellationToken cancellationToken)
    {
        var found = new List<MonitorResult>();
        foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"{pipeline}.*.json") : [])
        {
            if (CanonicalJson.TryDeserialize<MonitorResult>(await File.ReadAllBytesAsync(file, cancellationToken)) is { } read)
            {
                found.Add(read);
            }
        }

        return found;
    }

    private string PathOf(string pipeline, string environment) => Path.Combine(Folder, $"{pipeline}.{environment}.json");
}
