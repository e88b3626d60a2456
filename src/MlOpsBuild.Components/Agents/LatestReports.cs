using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Agents;

/// <summary>Reads reports that were written before.</summary>
internal static class LatestReports
{
    /// <summary>The newest report of each of <paramref name="pipelines"/>, as Markdown.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static async Task<string> ReadAsync(RunSession session, IReadOnlyList<string> pipelines, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var pipeline in pipelines)
        {
            if (await session.Store.Runs.LatestAsync(pipeline, run => File.Exists(FileOf(session, run.Id)), cancellationToken) is { } run)
            {
                texts.Add(await File.ReadAllTextAsync(FileOf(session, run.Id), cancellationToken));
            }
        }

        return texts.Count > 0 ? string.Join("\n\n", texts)
            : throw new UsageException(new Finding(
                "MLB7007", "There is no report yet", string.Join(", ", pipelines), null, "a report that was written here",
                $"{session.Command} TestModel Report writes one"));
    }

    private static string FileOf(RunSession session, string run) => Path.Combine(session.Store.Folder, "reports", run, "report.md");
}
