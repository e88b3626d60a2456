using System.Runtime.ExceptionServices;

namespace MlOpsBuild.Components.Session;

/// <summary>
/// Does the work of a target for several pipelines: one after the other, or side by side, with what each says
/// in one piece and in their order.
/// </summary>
internal static class PipelineLanes
{
    /// <summary>
    /// Side by side, a failure of one leaves the others be; the first in order is thrown, and the others are told as warnings.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="runs">The pipelines.</param>
    /// <param name="lanes">How many at once.</param>
    /// <param name="work">The work for one.</param>
    /// <param name="cancellationToken">Stops all.</param>
    public static async Task RunAsync(
        RunSession session, IReadOnlyList<PipelineRun> runs, int lanes, Func<PipelineRun, CancellationToken, Task> work,
        CancellationToken cancellationToken)
    {
        if (runs.Count < 2 || lanes < 2 || session.IsForecast)
        {
            foreach (var run in runs)
            {
                Announce(session, run, runs.Count);
                await work(run, cancellationToken);
            }

            return;
        }

        var turns = new OutputTurns(session.Output, runs.Count);
        var (failures, notes) = (new Exception?[runs.Count], new TargetNotes?[runs.Count]);
        await Parallel.ForAsync(
            0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = cancellationToken },
            async (place, token) =>
            {
                session.SpeakThrough(turns.Of(place));
                notes[place] = session.TakeNotesHere();
                try
                {
                    Announce(session, runs[place], runs.Count);
                    await work(runs[place], token);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    failures[place] = failure;
                }
                finally
                {
                    turns.End(place);
                }
            });
        notes.OfType<TargetNotes>().ToList().ForEach(session.AddNotes);
        var found = runs.Zip(failures).Where(pair => pair.Second != null).ToList();
        found.Skip(1).ToList().ForEach(pair => session.Output.Warn($"{pair.First.Specification.Name}: {pair.Second!.Message}"));
        if (found.Count > 0)
        {
            ExceptionDispatchInfo.Throw(found[0].Second!);
        }
    }

    // Lines of several pipelines say whose they are.
    private static void Announce(RunSession session, PipelineRun run, int count)
    {
        if (count > 1)
        {
            session.Output.Line($"· {run.Specification.Name}");
        }
    }
}
