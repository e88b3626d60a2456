using MlOpsBuild.Components.Session;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Views;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Snapshot of rows, snapshots of feature views → rows with the values of their moments.</summary>
internal static class ViewFlow
{
    /// <summary>Joins the pipeline's feature views to its rows; where it has none, the rows as they are.</summary>
    public static async Task<SnapshotFiles> JoinAsync(
        RunSession session, PipelineRun run, SnapshotFiles snapshot, CancellationToken cancellationToken)
    {
        var views = new List<JoinedSnapshot>();
        foreach (var join in run.Specification.Views)
        {
            views.Add(await IngestAsync(session, run, join, recorded: true, cancellationToken));
        }

        if (views.Count == 0)
        {
            return snapshot;
        }

        var joined = await run.RunAsync(
            new JoinStage(), new JoinInput(snapshot, run.Specification.Contract, views), cancellationToken);
        foreach (var tally in joined.Result.Views)
        {
            session.Output.Line(Invariant(
                $"feature view {tally.View}: {tally.Found:N0} rows found a value, {tally.Unknown:N0} are of a key of which nothing was known yet, for {tally.Stale:N0} it was too old"));
        }

        await run.RecordAsync(
            record => record with { Views = views.ToDictionary(view => view.Join.View.Name, view => view.Snapshot.Combined) },
            cancellationToken);
        return snapshot with { Joined = SnapshotFiles.InOrder(joined.Outputs) };
    }

    /// <summary>Takes a snapshot of a feature view's rows.</summary>
    /// <param name="session">The session.</param>
    /// <param name="run">The pipeline.</param>
    /// <param name="join">The view.</param>
    /// <param name="recorded">Whether it is a part of the pipeline's run; else somebody only looks at them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<JoinedSnapshot> IngestAsync(
        RunSession session, PipelineRun run, ViewJoin join, bool recorded, CancellationToken cancellationToken)
    {
        var files = await DataFiles.OfAsync(session, join.View.Source, cancellationToken);
        var (stage, input) = (new IngestStage(join.View.Name), new IngestInput(join.View.Source, files));
        var ingested = recorded
            ? await run.RunAsync(stage, input, cancellationToken)
            : await run.RunSilentlyAsync(stage, input, cancellationToken);
        DataFiles.Forget(join.View.Source, files);
        return new(join, new(ingested.Result.Names, SnapshotFiles.InOrder(ingested.Outputs)) { Format = join.View.Source.Format });
    }
}
