using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Views;
using MlOpsBuild.Online;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Rows of feature views → the newest values, where the gateway finds them.</summary>
internal static class MaterializeFlow
{
    /// <summary>Writes what counts now of every feature view of a pipeline.</summary>
    public static async Task MaterializeAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        if (run.Specification.Views.Count == 0)
        {
            session.Output.Line($"{run.Specification.Name} takes values of no feature view");
            return;
        }

        await WriteAsync(session, run, session.NamedEnvironment ?? LocalEnvironment.Name, all: true, cancellationToken);
    }

    /// <summary>Writes what the online store lacks, so that what is to be deployed finds values.</summary>
    public static Task BringUpToDateAsync(
        RunSession session, PipelineRun run, string environment, CancellationToken cancellationToken) =>
        run.Specification.Views.Count == 0 ? Task.CompletedTask : WriteAsync(session, run, environment, all: false, cancellationToken);

    /// <summary>Opens the online stores of a pipeline in an environment.</summary>
    public static OnlineStoreOpener Opener(RunSession session, string pipeline, string environment)
    {
        var folder = new EnvironmentFolder(session.Root, pipeline, environment, session.Environment);
        return new(folder.OnlineFolder, folder.Name, name => session.Environment.GetValueOrDefault(name), session.Time);
    }

    private static async Task WriteAsync(
        RunSession session, PipelineRun run, string environment, bool all, CancellationToken cancellationToken)
    {
        var opener = Opener(session, run.Specification.Name, environment);
        foreach (var join in run.Specification.Views)
        {
            var ingested = await ViewFlow.IngestAsync(session, run, join, recorded: false, cancellationToken);
            var rows = await ingested.ReadAsync(cancellationToken);
            var made = Materialization.Of(rows, join.Taken, ingested.Snapshot.Combined, session.Time.GetUtcNow());
            await using var store = opener.Open(join.Taken.Store);
            if (!all && !made.IsNewerThan(await store.StateAsync(join.View.Name, cancellationToken), rows))
            {
                continue;
            }

            await store.WriteAsync(join.View.Name, made.State, made.Values, cancellationToken);
            session.Output.Line(Invariant(
                $"feature view {join.View.Name}: the values of {made.State.Count:N0} keys for {run.Specification.Name}/{environment}{(made.State.Newest is { } newest ? Invariant($", the newest of {newest:yyyy-MM-dd HH:mm} UTC") : "")}"));
            if (rows.Index.Horizon > made.State.At.UtcTicks)
            {
                session.Output.Warn(
                    $"feature view {join.View.Name}: some rows are of the future and count once they are true and known; are its times universal, or do they need [Zone(…)]?");
            }
        }

        // A gateway elsewhere that runs already; one that does not is brought them when it starts.
        using var delivery = DeliveryParts.Look(session, run.Specification.Name, environment);
        await delivery.Environment.SendViewsAsync([.. run.Specification.Views.Select(join => join.Taken)], cancellationToken);
    }
}
