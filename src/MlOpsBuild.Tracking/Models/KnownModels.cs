using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Tracking.Models;

/// <summary>Digests of registered models that were loaded once: a version does not change. A cache.</summary>
internal sealed class KnownModels
{
    private readonly string _path;
    private readonly SortedDictionary<string, string> _digests;

    private KnownModels(string path, SortedDictionary<string, string> digests) => (_path, _digests) = (path, digests);

    /// <summary>What is known at <paramref name="path"/>.</summary>
    public static async Task<KnownModels> ReadAsync(string path, CancellationToken cancellationToken) => new(
        path,
        (File.Exists(path)
            ? CanonicalJson.TryDeserialize<SortedDictionary<string, string>>(await File.ReadAllBytesAsync(path, cancellationToken))
            : null) ?? []);

    /// <summary>The digest of a version's file; null when it was never loaded.</summary>
    public Digest? Find(TrackingServer server, string name, string version) =>
        _digests.TryGetValue(KeyOf(server, name, version), out var text) && Digest.TryParse(text, out var digest) ? digest : null;

    /// <summary>Remembers it.</summary>
    public Task KeepAsync(TrackingServer server, string name, string version, Digest digest, CancellationToken cancellationToken)
    {
        _digests[KeyOf(server, name, version)] = digest.ToString();
        return AtomicFile.WriteAsync(_path, CanonicalJson.Serialize(_digests), cancellationToken);
    }

    private static string KeyOf(TrackingServer server, string name, string version) => $"{server} {name}/{version}";
}
