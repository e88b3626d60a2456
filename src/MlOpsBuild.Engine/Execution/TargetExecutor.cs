using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Execution;

/// <summary>Runs the planned targets, as many at once as asked for; after a failure or a stop only assured ones.</summary>
internal sealed class TargetExecutor(NukeBuild build, BuildContext context)
{
    private readonly TargetRunner _runner = new(build, context);
    private bool _halted;

    /// <summary>Whether an action was left behind because it did not stop.</summary>
    public bool LeftBehind => _runner.LeftBehind;

    public async Task RunAsync()
    {
        var queue = new ReadyQueue(build.ExecutionPlan);
        context.Console.BeginTargets(queue.Targets);
        using var live = context.Console.IsLive
            ? context.Time.CreateTimer(
                _ => context.Console.Tick(context.Time), null, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(120))
            : null;
        var running = new Dictionary<Task, ExecutableTarget>();
        while (true)
        {
            while (running.Count < build.Parallel && queue.TryTake(out var target))
            {
                if (Begins(target, out var failure))
                {
                    running[_runner.RunAsync(target, afterStop: context.Stopping.IsCancellationRequested, failure)] = target;
                }
                else
                {
                    queue.Ended(target);
                }
            }

            context.Console.Advance();
            if (running.Count == 0)
            {
                return;
            }

            var ended = await Task.WhenAny(running.Keys);
            running.Remove(ended, out var done);
            _halted |= done!.Status != ExecutionStatus.Succeeded && !done.ProceedAfterFailure;
            queue.Ended(done);
        }
    }

    // A condition that throws fails its target, in the target's own turn.
    private bool Begins(ExecutableTarget target, out Exception? failure)
    {
        failure = null;
        _halted |= context.Stopping.IsCancellationRequested;
        if (target.Status == ExecutionStatus.Scheduled && _halted && !target.AssuredAfterFailure)
        {
            target.Status = ExecutionStatus.NotRun;
        }

        if (target.Status != ExecutionStatus.Scheduled)
        {
            return false;
        }

        try
        {
            if (target.DynamicConditions.FirstOrDefault(condition => !condition.Holds())?.Text is { } reason)
            {
                foreach (var skipped in PlanConditions.Skip(target, reason, build.ExecutionPlan))
                {
                    build.OnTargetSkipped(skipped.Name);
                }

                return false;
            }
        }
        catch (Exception problem)
        {
            failure = problem;
            return true;
        }

        if (target.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
            return false;
        }

        return true;
    }
}
