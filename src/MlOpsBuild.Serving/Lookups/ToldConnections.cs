using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>
/// Connection strings that a gateway was told, kept beside its values in a file of its own, so that one that starts again has them.
/// </summary>
/// <param name="place">Where; null where nothing is looked up.</param>
internal sealed class ToldConnections(OnlinePlace? place)
{
    private const string FileName = "connections.json";
    private volatile IReadOnlyDictionary<string, string> _known = Read(place);

    /// <summary>Names of variables, in order.</summary>
    public IReadOnlyList<string> Names => [.. _known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The value of a variable; null where nobody told it.</summary>
    public string? Find(string variable) => _known.GetValueOrDefault(variable);

    /// <summary>Takes what is told beside what is known; whether anything is new.</summary>
    public async Task<bool> TakeAsync(IReadOnlyDictionary<string, string> told, CancellationToken cancellationToken)
    {
        if (place == null || told.All(pair => _known.GetValueOrDefault(pair.Key) == pair.Value))
        {
            return false;
        }

        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in _known.Concat(told))
        {
            all[name] = value;
        }

        PrivateFile.CreateFolder(place.Folder);
        await PrivateFile.WriteAsync(
            Path.Combine(place.Folder, FileName), CanonicalJson.Serialize(new StoreConnections(all)), cancellationToken);
        _known = all;
        return true;
    }

    private static IReadOnlyDictionary<string, string> Read(OnlinePlace? place) =>
        place != null && Path.Combine(place.Folder, FileName) is var path && File.Exists(path)
            && CanonicalJson.TryDeserialize<StoreConnections>(File.ReadAllBytes(path)) is { Values: { } values }
            ? values
            : new Dictionary<string, string>();
}
