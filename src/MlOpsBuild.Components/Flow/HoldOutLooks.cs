using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>Counts how many models the same held-out rows have judged: the more, the sooner one passes by luck.</summary>
internal static class HoldOutLooks
{
    /// <summary>
    /// Models that <paramref name="holdOut"/> has judged, <paramref name="model"/> among them; null where it is not known.
    /// </summary>
    public static async Task<int?> CountAsync(
        RunSession session, string pipeline, Digest model, Digest? holdOut, CancellationToken cancellationToken) => holdOut == null ? null
        : (await session.Store.Runs.OfAsync(pipeline, cancellationToken)).Where(run => run.HoldOut == holdOut)
            .Select(run => run.Model)
            .OfType<Digest>()
            .Append(model)
            .Distinct()
            .Count();
}
