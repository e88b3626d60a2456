using System.Globalization;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.Execution;

/// <summary>Runs one target: its actions in order, within its time, again when it may be tried again.</summary>
internal sealed class TargetRunner(NukeBuild build, BuildContext context)
{
    private static readonly TimeSpan AssuredGrace = TimeSpan.FromSeconds(30);
    private readonly HostVoice _voice = new(context.Console, context);

    /// <summary>Whether an action was left behind because it did not stop.</summary>
    public bool LeftBehind { get; private set; }

    /// <summary>Runs the target to its end; its status says which.</summary>
    /// <param name="target">The target.</param>
    /// <param name="assured">It runs although the build was stopped, or has failed: the stop does not reach it, a limit of 30 s does.</param>
    public async Task RunAsync(ExecutableTarget target, bool assured)
    {
        target.Status = ExecutionStatus.Running;
        var started = context.Time.GetTimestamp();
        var output = context.Console.OpenTarget(target, started);
        var host = build.State.Host;
        if (build.State.Verbosity <= Verbosity.Minimal)
        {
            _voice.Say();
            host.OpenSection(_voice, target.Name);
        }

        Exception? failure = null;
        try
        {
            build.OnTargetRunning(target.Name);
            for (var attempt = 0; ; attempt++)
            {
                failure = await AttemptAsync(target, assured);
                if (failure == null || attempt == target.Retries || context.Stopping.IsCancellationRequested || build.ExitCode is not (null or 1))
                {
                    break;
                }

                build.ExitCode = null;
                context.Console.Line(
                    $"attempt {attempt + 1} of {target.Retries + 1} failed: {failure.Message}; the next in {target.RetryDelay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
                    ConsoleTone.Warning);
                await Task.Delay(target.RetryDelay, context.Time, context.Stopping);
            }
        }
        catch (Exception problem)
        {
            failure = problem;
        }

        target.Duration = context.Time.GetElapsedTime(started);
        End(target, failure);
        if (build.State.Verbosity <= Verbosity.Minimal)
        {
            host.CloseSection(_voice, target.Name, failure != null);
        }

        if (failure != null && host.FoldsSections)
        {
            Unfold(target, output);
        }

        Hook(target, failure);
    }

    /// <summary>The target has failed.</summary>
    public void Fail(ExecutableTarget target, Exception failure)
    {
        target.Status = ExecutionStatus.Failed;
        target.Failure = context.Console.Masked(failure.Message.Split('\n')[0].TrimEnd());

        // An exit code set by the target says the failure was expected and fully told by its message.
        var expected = build.ExitCode != null && build.State.Verbosity != Verbosity.Verbose;
        context.Console.Line($"{target.Name} failed: {(expected ? failure.Message : failure.ToString())}", ConsoleTone.Bad);
        build.State.Host.Annotate(_voice, target.Name, context.Console.Masked(failure.Message), SourceLocation.Of(failure, context.Root));
    }

    private async Task<Exception?> AttemptAsync(ExecutableTarget target, bool assured)
    {
        using var limit = assured ? new CancellationTokenSource(AssuredGrace, context.Time) : CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        using var time = target.TimeLimit is { } timeLimit ? new CancellationTokenSource(timeLimit, context.Time) : new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, time.Token);
        build.State.Running = new(target, either.Token);
        var work = Task.Run(() => ActAsync(target), CancellationToken.None);
        var ended = new TaskCompletionSource();
        await using var end = either.Token.Register(() => _ = Task.Delay(target.Grace, context.Time, CancellationToken.None).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default));
        if (await Task.WhenAny(work, ended.Task) != work)
        {
            LeftBehind = true;
            return Stopped("it did not stop and was left behind");
        }

        return work.Exception?.InnerException switch
        {
            null when !work.IsCanceled => null,
            null or OperationCanceledException when either.IsCancellationRequested => Stopped("stopped"),
            null => new OperationCanceledException("An action was cancelled that nobody had asked to stop."),
            var failure => failure,
        };

        Exception Stopped(string how) => time.IsCancellationRequested && !limit.IsCancellationRequested
            ? new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"took longer than {target.TimeLimit!.Value.TotalSeconds:0.###} s ({how})"))
            : new OperationCanceledException(how);
    }

    private static async Task ActAsync(ExecutableTarget target)
    {
        foreach (var action in target.Actions)
        {
            await action();
        }
    }

    private void End(ExecutableTarget target, Exception? failure)
    {
        switch (failure)
        {
            case null:
                target.Status = ExecutionStatus.Succeeded;
                break;
            case OperationCanceledException when context.Stopping.IsCancellationRequested:
                target.Status = ExecutionStatus.Aborted;
                target.Failure = failure.Message;
                break;
            default:
                Fail(target, failure);
                break;
        }
    }

    // What is folded is not seen: the end of a failed target's log is repeated in the open.
    private void Unfold(ExecutableTarget target, TargetOutput output)
    {
        var lines = output.Recent.SkipWhile(line => line.Length == 0).ToList();
        _voice.Say(string.Create(CultureInfo.InvariantCulture, $"The last {lines.Count} lines of {target.Name}:"), ConsoleTone.Strong);
        foreach (var line in lines)
        {
            _voice.Say(line);
        }
    }

    private void Hook(ExecutableTarget target, Exception? failure)
    {
        try
        {
            if (failure == null)
            {
                build.OnTargetSucceeded(target.Name);
            }
            else
            {
                build.OnTargetFailed(target.Name);
            }
        }
        catch (Exception problem)
        {
            Fail(target, problem);
        }
    }
}
