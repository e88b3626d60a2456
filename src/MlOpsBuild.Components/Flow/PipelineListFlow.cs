using System.Globalization;
using System.Text.Json;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>Names of pipelines → the jobs that follow, one for each.</summary>
internal static class PipelineListFlow
{
    // GitHub starts no more jobs of one matrix.
    private const int MostJobs = 256;

    public static async Task TellAsync(RunSession session, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            session.Output.Line(name);
        }

        session.Note(string.Create(CultureInfo.InvariantCulture, $"{names.Count} pipelines"));
        if (session.Environment.GetValueOrDefault("GITHUB_OUTPUT") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(
                file,
                names.Count <= MostJobs
                    ? $"names={JsonSerializer.Serialize(names)}\n"
                    : throw new UsageException(new Finding(
                        "MLB7142", "More pipelines than GitHub starts jobs of one matrix", "ListPipelines",
                        names.Count.ToString(CultureInfo.InvariantCulture), MostJobs.ToString(CultureInfo.InvariantCulture),
                        "run them in one job, with --parallel, or spread them over several builds")),
                cancellationToken);
        }
    }
}
