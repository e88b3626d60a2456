using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>
/// What a server has of this store. A cache: without it everything is looked up there again. Only the runs that wait are known to nobody
/// else, and <c>Mirror</c>, which compares everything, finds them too.
/// </summary>
internal sealed record MirrorMemory
{
    /// <summary>Runs that are not whole there.</summary>
    public SortedSet<string> Waiting { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The server's numbers of versions that aliases name, by pipeline and digest of what is said of each.</summary>
    public SortedDictionary<string, string> Versions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Where the aliases of each pipeline stood when they were last mirrored.</summary>
    public SortedDictionary<string, string> Aliases { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What is remembered at <paramref name="path"/>; nothing where it cannot be read.</summary>
    public static async Task<MirrorMemory> ReadAsync(string path, CancellationToken cancellationToken) =>
        (File.Exists(path) ? CanonicalJson.TryDeserialize<MirrorMemory>(await File.ReadAllBytesAsync(path, cancellationToken)) : null)
        ?? new();

    /// <summary>Remembers it.</summary>
    public Task SaveAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, CanonicalJson.Serialize(this), cancellationToken);

    /// <summary>Forgets what it believes of a pipeline's versions and aliases.</summary>
    public void Forget(string pipeline)
    {
        Versions.Keys.Where(key => key.StartsWith(pipeline + " ", StringComparison.Ordinal)).ToList().ForEach(key => Versions.Remove(key));
        Aliases.Remove(pipeline);
    }
}
