using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// The locks of all registries: builds in this folder register and move while one of them merges, and each name is given once.
/// </summary>
internal sealed class RegistryLocks : IDisposable
{
    private readonly Stack<FileLock> _held = [];

    private RegistryLocks()
    {
    }

    public static async Task<RegistryLocks> AcquireAsync(
        string storeFolder, IEnumerable<string> sharedPaths, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var registry = Path.Combine(storeFolder, "registry");
        var here = Directory.Exists(registry) ? Directory.GetDirectories(registry).Select(folder => Path.GetFileName(folder)) : [];
        var pipelines = sharedPaths.Select(RegistryPath.Parse)
            .OfType<RegistryPath>()
            .Select(path => path.Pipeline)
            .Concat(here)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var locks = new RegistryLocks();
        try
        {
            foreach (var pipeline in pipelines)
            {
                locks._held.Push(
                    await FileLock.AcquireAsync(Path.Combine(registry, pipeline, "registry.lock"), patience, time, cancellationToken));
            }

            return locks;
        }
        catch
        {
            locks.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_held.TryPop(out var held))
        {
            held.Dispose();
        }
    }
}
