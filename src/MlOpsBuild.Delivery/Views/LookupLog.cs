using System.Runtime.CompilerServices;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Views;

/// <summary>The lines of a gateway's log for which it looked something up.</summary>
public static class LookupLog
{
    /// <summary>Those of one version from a moment on; none where there is no log.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="version">The version that answered.</param>
    /// <param name="from">Lines before this are not looked at, UTC.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<LogEntry> ReadAsync(
        string folder, int version, DateTime from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Directory.Exists(folder)
            ? Directory.GetFiles(folder, PredictionLogPlace.Pattern).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>())
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                // Most lines of most logs have none: to read those whole would take longer than all the rest.
                if (line.Contains("\"lookedUp\"", StringComparison.Ordinal)
                    && CanonicalJson.TryDeserialize<LogEntry>(Encoding.UTF8.GetBytes(line)) is { LookedUp: not null } entry
                    && entry.Version == version && entry.At.UtcDateTime >= from)
                {
                    yield return entry;
                }
            }
        }
    }
}
