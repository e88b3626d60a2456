using MlOpsBuild.Engine.Planning;

namespace MlOpsBuild.Engine.Execution;

/// <summary>Runs the planned targets one after the other; after a failure or a stop only assured ones.</summary>
internal sealed class TargetExecutor(NukeBuild build, BuildContext context)
{
    public async Task RunAsync()
    {
        var halted = false;
        foreach (var target in build.ExecutionPlan)
        {
            if (target.Status != ExecutionStatus.Scheduled)
            {
                continue;
            }

            halted |= context.Stopping.IsCancellationRequested;
            if (halted && !target.AssuredAfterFailure)
            {
                target.Status = ExecutionStatus.NotRun;
            }
            else
            {
                halted |= !await DecideAsync(target) && !target.ProceedAfterFailure;
            }
        }
    }

    private async Task<bool> DecideAsync(ExecutableTarget target)
    {
        string? reason;
        try
        {
            reason = target.DynamicConditions.FirstOrDefault(condition => !condition.Holds()).Text;
        }
        catch (Exception failure)
        {
            Fail(target, failure);
            return false;
        }

        if (reason == null)
        {
            return await RunAsync(target);
        }

        PlanConditions.Skip(target, reason, build.ExecutionPlan);
        return true;
    }

    private async Task<bool> RunAsync(ExecutableTarget target)
    {
        if (target.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
            return true;
        }

        target.Status = ExecutionStatus.Running;
        if (build.Verbosity <= Verbosity.Minimal)
        {
            context.Console.Line();
            context.Console.Line($"── {target.Name} ──", ConsoleTone.Strong);
        }

        var started = context.Time.GetTimestamp();
        try
        {
            foreach (var action in target.Actions)
            {
                await action();
            }

            target.Status = ExecutionStatus.Succeeded;
            return true;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            target.Status = ExecutionStatus.Aborted;
            return false;
        }
        catch (Exception failure)
        {
            Fail(target, failure);
            return false;
        }
        finally
        {
            target.Duration = context.Time.GetElapsedTime(started);
        }
    }

    private void Fail(ExecutableTarget target, Exception failure)
    {
        target.Status = ExecutionStatus.Failed;

        // An exit code set by the target says the failure was expected and fully told by its message.
        var expected = build.ExitCode != null && build.Verbosity != Verbosity.Verbose;
        context.Console.Line($"{target.Name} failed: {(expected ? failure.Message : failure.ToString())}", ConsoleTone.Bad);
    }
}
