using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Caching;

/// <summary>Files at their places.</summary>
/// <param name="Files">Content by path from the root on.</param>
/// <param name="Programs">Those that may be executed.</param>
internal sealed record OutputSet(IReadOnlyDictionary<string, Digest> Files, IReadOnlyList<string> Programs)
{
    /// <summary>No file.</summary>
    public static OutputSet Empty { get; } = new(new Dictionary<string, Digest>(), []);
}
