using System.Globalization;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.Execution;

/// <summary>Runs one target: its actions in order, within its time, again when it may be tried again.</summary>
internal sealed class TargetRunner(NukeBuild build, BuildContext context)
{
    private const int Broken = 1;
    private static readonly TimeSpan TimeAfterStop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private readonly HostWriter _writer = new(context.Console, context);

    /// <summary>Whether an action was left behind because it did not stop.</summary>
    public bool LeftBehind { get; private set; }

    /// <summary>Runs the target to its end; its status says which.</summary>
    /// <param name="target">The target.</param>
    /// <param name="afterStop">It is assured and begins after a stop: that stop does not reach it, a limit of 30 s does.</param>
    /// <param name="before">What failed before its first action; null when nothing did.</param>
    public async Task RunAsync(ExecutableTarget target, bool afterStop, Exception? before)
    {
        target.Status = ExecutionStatus.Running;
        var started = context.Time.GetTimestamp();
        var output = context.Console.OpenTarget(target, started);
        var host = build.State.Host;
        if (build.State.Verbosity <= Verbosity.Minimal)
        {
            _writer.Say();
            host.OpenSection(_writer, target.Name);
        }

        var failure = before ?? await RepeatAsync(target, afterStop);
        context.Console.EndHalfLine();
        target.Duration = context.Time.GetElapsedTime(started);
        End(target, failure);
        if (build.State.Verbosity <= Verbosity.Minimal)
        {
            host.CloseSection(_writer, target.Name);
        }

        if (failure != null && host.FoldsSections)
        {
            Unfold(target, output);
        }

        Hook(target, failure);
        output.IsClosed = true;
    }

    private async Task<Exception?> RepeatAsync(ExecutableTarget target, bool afterStop)
    {
        try
        {
            build.OnTargetRunning(target.Name);
        }
        catch (Exception problem)
        {
            return problem;
        }

        for (var attempt = 0; ; attempt++)
        {
            var before = build.ExitCode;
            target.ExitCode = null;
            var (failure, leftBehind) = await AttemptAsync(target, afterStop);
            LeftBehind |= leftBehind;
            if (failure == null || leftBehind || attempt == target.Retries || context.Stopping.IsCancellationRequested
                || target.ExitCode is not (null or Broken))
            {
                return failure;
            }

            build.ExitCode = before;
            context.Console.Line(
                $"attempt {attempt + 1} of {target.Retries + 1} failed: {failure.Message}; the next in {target.RetryDelay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
                ConsoleTone.Warning);
            try
            {
                await Task.Delay(target.RetryDelay, context.Time, context.Stopping);
            }
            catch (OperationCanceledException)
            {
                return new OperationCanceledException(failure.Message, failure);
            }
        }
    }

    private async Task<Attempt> AttemptAsync(ExecutableTarget target, bool afterStop)
    {
        using var limit = afterStop
            ? new CancellationTokenSource(TimeAfterStop, context.Time)
            : CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        using var time = target.TimeLimit is { } timeLimit ? new CancellationTokenSource(timeLimit, context.Time) : new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, time.Token);
        build.State.Running = new(target, either.Token);
        var work = Task.Run(() => ActAsync(target), CancellationToken.None);
        WaitShortly(work);
        var ended = new TaskCompletionSource();
        await using var end = either.Token.Register(() => _ = Task.Delay(target.Grace, context.Time, CancellationToken.None).ContinueWith(
            _ => ended.TrySetResult(), TaskScheduler.Default));
        if (await Task.WhenAny(work, ended.Task) != work)
        {
            return new(Stopped("it did not stop and was left behind"), true);
        }

        try
        {
            await work;
            return new(null, false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return new(Stopped("stopped"), false);
        }
        catch (Exception failure)
        {
            return new(failure, false);
        }

        Exception Stopped(string how) => time.IsCancellationRequested && !limit.IsCancellationRequested
            ? new TimeoutException(
                string.Create(CultureInfo.InvariantCulture, $"took longer than {target.TimeLimit!.Value.TotalSeconds:0.###} s ({how})"))
            : new OperationCanceledException(how);
    }

    // Most commands that only look take less than a suspended method costs: its machinery is compiled at every start.
    private void WaitShortly(Task work)
    {
        if (build.Parallel == 1)
        {
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne(Short);
        }
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

    private void Fail(ExecutableTarget target, Exception failure)
    {
        target.Status = ExecutionStatus.Failed;
        target.Failure = context.Console.Masked(failure.Message.Split('\n')[0].TrimEnd());

        // An exit code set by the target says the failure was expected and fully told by its message.
        var expected = target.ExitCode != null && build.State.Verbosity != Verbosity.Verbose;
        context.Console.Line($"{target.Name} failed: {(expected ? failure.Message : failure.ToString())}", ConsoleTone.Bad);
        build.State.Host.Annotate(_writer, target.Name, context.Console.Masked(failure.Message), SourceLocation.Of(failure, context.Root));
    }

    // What is folded is not seen: the end of a failed target's log is repeated in the open.
    private void Unfold(ExecutableTarget target, TargetOutput output)
    {
        var lines = output.Recent.SkipWhile(line => line.Length == 0).ToList();
        _writer.Say(string.Create(CultureInfo.InvariantCulture, $"The last {lines.Count} lines of {target.Name}:"), ConsoleTone.Strong);
        foreach (var line in lines)
        {
            _writer.Say(line);
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

    private sealed record Attempt(Exception? Failure, bool LeftBehind);
}
