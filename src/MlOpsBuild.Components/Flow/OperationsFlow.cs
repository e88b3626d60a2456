using System.Globalization;
using System.Text;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Operations;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>Store and audit log → figures of delivery, as table, page, JSON and OpenMetrics.</summary>
internal static class OperationsFlow
{
    private const int UsualDays = 90;

    public static async Task MeasureAsync(RunSession session, string? only, int? lastDays, CancellationToken cancellationToken)
    {
        if (lastDays < 1)
        {
            throw new UsageException(new Finding(
                "MLB7088", "That is no time to look back", "--last-days", lastDays?.ToString(CultureInfo.InvariantCulture), "at least 1",
                "name a number of days, or leave it out for 90"));
        }

        var (until, folder) = (session.Time.GetUtcNow(), Path.Combine(session.Store.Folder, "operations"));
        var all = new List<OperationsMetrics>();
        foreach (var pipeline in ServingPlaces.Pipelines(session).Where(name => only == null || name == only))
        {
            var metrics = new OperationsComposer(await InputAsync(session, pipeline, cancellationToken))
                .Between(until.AddDays(-(lastDays ?? UsualDays)), until);
            all.Add(metrics);
            var report = new OperationsReport(metrics);
            session.Output.Line($"{metrics.Pipeline}/{metrics.Environment}, the last {lastDays ?? UsualDays} days");
            session.Output.Table(report.Summary.Headers, report.Summary.Rows);
            await AtomicFile.WriteAsync(
                Path.Combine(folder, $"{pipeline}.html"), Encoding.UTF8.GetBytes(report.Html()), cancellationToken);
            await AtomicFile.WriteAsync(Path.Combine(folder, $"{pipeline}.json"), CanonicalJson.Serialize(metrics), cancellationToken);
        }

        if (all.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7089", "There is no delivery to measure", only ?? "this repository", null, "a version",
                "make one with ./build.sh Train Deploy; with --remote the team's history is read too"));
        }

        await AtomicFile.WriteAsync(
            Path.Combine(folder, "openmetrics.txt"), Encoding.UTF8.GetBytes(OpenMetricsText.Of(all)), cancellationToken);
        session.Output.Line(".mlops/operations: a page and JSON for each pipeline, openmetrics.txt for all");
        if (session.Output.WantsDocument)
        {
            session.Output.Document<IReadOnlyList<OperationsMetrics>>(all);
        }
    }

    private static async Task<OperationsInput> InputAsync(RunSession session, string pipeline, CancellationToken cancellationToken)
    {
        var runs = await session.Store.Runs.OfAsync(pipeline, cancellationToken);
        return new(
            pipeline, session.EnvironmentOf(pipeline), runs, await new DeploymentStore(session.Store).OfAsync(pipeline, cancellationToken),
            await session.Store.Versions(pipeline).AllAsync(cancellationToken), await session.Store.Audit.ReadAsync(cancellationToken),
            await SourceRevision.TimesAsync(
                [.. runs.Select(run => run.Source?.Commit).OfType<string>().Distinct()], session.Root, session.Environment,
                cancellationToken));
    }
}
