using System.Globalization;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Components.Session;

/// <summary>What is said of an exchange with the team's state.</summary>
internal static class SyncLines
{
    public static void Write(ISessionOutput output, SyncReport report, bool tellsUnsent)
    {
        if (report.Received > 0)
        {
            output.Progress(string.Create(CultureInfo.InvariantCulture, $"taken over from the team: {Facts(report.Received)}"));
        }

        foreach (var change in report.Renumbered)
        {
            output.Warn($"{change.Pipeline} v{change.From} of this machine is v{change.To} now: another build had registered v{change.From} meanwhile");
        }

        foreach (var refused in report.RefusedMoves)
        {
            output.Warn($"{refused.Pipeline}: this machine's move of '{refused.Move.Alias}' to v{refused.Move.To} came too late; {refused.Standing.Actor} had moved it to v{refused.Standing.To} ({refused.Standing.Reason})");
        }

        foreach (var finding in report.Findings)
        {
            output.Warn(finding.ToString());
        }

        // A version that cannot travel cannot be rolled back to elsewhere; a stage's file is made again where it is needed.
        foreach (var blob in report.Oversized.Where(blob => blob.Fact.StartsWith("registry/", StringComparison.Ordinal)))
        {
            output.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{blob.Digest.Abbreviated} ({blob.Size:N0} bytes, of {blob.Fact}) is over the limit: no other machine can serve this version; --registry or --blob-limit lets it travel"));
        }

        if (report.Oversized.Where(blob => !blob.Fact.StartsWith("registry/", StringComparison.Ordinal)).ToList() is { Count: > 0 } kept)
        {
            output.Progress(string.Create(
                CultureInfo.InvariantCulture,
                $"over the limit, stays on this machine and is made again elsewhere: {string.Join(", ", kept.Select(blob => $"{blob.Digest.Abbreviated} ({blob.Size:N0} bytes)"))}; --registry lets it travel"));
        }

        if (report.ReadOnly)
        {
            output.Warn($"The team's state is read-only for this build ({report.Problem}): results stay on this machine.");
        }
        else if (!report.Reached)
        {
            output.Warn($"The team's state does not answer ({report.Problem}): going on with what this machine has.");
        }

        if (report.Sent > 0)
        {
            output.Progress(string.Create(
                CultureInfo.InvariantCulture,
                $"shared with the team: {Facts(report.Sent)}{(report.BlobsSent > 0 ? $" and {report.BlobsSent:N0} blobs" : "")}{(report.Attempts > 1 ? $", at attempt {report.Attempts}" : "")}"));
        }

        if (report.Unsent > 0 && tellsUnsent && !report.ReadOnly)
        {
            output.Warn(string.Create(
                CultureInfo.InvariantCulture, $"not shared yet: {Facts(report.Unsent)}; the next build, or ./build.sh Sync, sends them"));
        }
    }

    private static string Facts(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} fact{(count == 1 ? "" : "s")}");
}
