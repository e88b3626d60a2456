using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.Lineage;

/// <summary>Finds versions by what people have at hand: a number, a name, or a digest of bundle, model or data.</summary>
public static class VersionSearch
{
    private const int ShortestDigest = 6;

    /// <summary>Every version that <paramref name="text"/> names, of the pipelines given; what serves when it is null.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="pipelines">The pipelines.</param>
    /// <param name="text">What people have at hand.</param>
    /// <param name="champion">The alias of what serves of a pipeline.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">It names none.</exception>
    public static async Task<IReadOnlyList<(string Pipeline, ModelVersion Version)>> FindAsync(
        MlOpsStore store, IReadOnlyList<string> pipelines, string? text, Func<string, string> champion, CancellationToken cancellationToken)
    {
        var found = new List<(string, ModelVersion)>();
        foreach (var pipeline in pipelines)
        {
            var registry = store.Versions(pipeline);
            var serving = text == null ? await registry.ResolveAsync(champion(pipeline), cancellationToken) : null;
            foreach (var version in await registry.AllAsync(cancellationToken))
            {
                if (text == null ? version.Number == serving?.Number : await IsAsync(store, pipeline, version, text, cancellationToken))
                {
                    found.Add((pipeline, version));
                }
            }
        }

        return found.Count > 0 ? found : throw new UsageException(new Finding(
            "MLB6001", text == null ? "Nothing serves yet" : "No version is called that", "Lineage", text,
            "a version such as v3 or BikeDemand-v3, a digest of a bundle, model or data (6 digits or more), or the address where it serves",
            text == null
                ? "deploy one with ./build.sh Train Deploy"
                : "./build.sh History lists versions; with --remote the team's are searched too"));
    }

    private static async Task<bool> IsAsync(
        MlOpsStore store, string pipeline, ModelVersion version, string text, CancellationToken cancellationToken)
    {
        var number = version.Number.ToString(CultureInfo.InvariantCulture);
        string[] names = [number, "v" + number, $"{pipeline}-v{number}", $"{pipeline} v{number}"];
        return names.Contains(text, StringComparer.OrdinalIgnoreCase)
            || Named(version.Bundle, text) || Named(version.Model, text) || text == version.Run
            || (Plain(text).Length >= ShortestDigest
                && (await store.Runs.FindAsync(version.Run, cancellationToken))?.Data is { } data
                && Named(data, text));
    }

    private static bool Named(Digest digest, string text) =>
        Plain(text) is { Length: >= ShortestDigest } plain && digest.Hex.StartsWith(plain, StringComparison.OrdinalIgnoreCase);

    private static string Plain(string text) =>
        text.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) ? text["sha256:".Length..] : text;
}
