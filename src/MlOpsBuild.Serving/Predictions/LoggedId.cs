using MlOpsBuild.Core;

namespace MlOpsBuild.Serving.Predictions;

/// <summary>An id as eight bytes that look random, whatever callers choose as ids. Nobody is kept from choosing them on purpose.</summary>
internal static class LoggedId
{
    private const double AllPercent = 100;

    public static ulong Of(string id) => StableHash.Of(id);

    /// <summary>Whether a request is among the share that is kept: always the same answer for the same id.</summary>
    public static bool IsKept(string id, double sharePercent) =>
        sharePercent >= AllPercent || Of(id) / (ulong.MaxValue + 1.0) * AllPercent < sharePercent;
}
