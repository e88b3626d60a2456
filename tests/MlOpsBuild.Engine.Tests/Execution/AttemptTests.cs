using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class AttemptTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TestRun _run;
    private readonly Sample _build = new();

    public AttemptTests() => _run = new TestRun { Stopping = _stopping.Token };

    public void Dispose()
    {
        _run.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Attempt_that_was_left_behind_is_not_followed_by_another_beside_it()
    {
        var running = _run.RunAsync(_build, "Deaf");
        await _run.Time.PassAsync(Sample.Limit, running);
        await _run.Time.PassAsync(TimeSpan.FromSeconds(1), running);
        var first = await Task.WhenAny(running, _run.Time.WaitedForAsync(Sample.Delay));

        first.ShouldBe(running);
        _build.Never.SetResult();
    }

    [Fact]
    public async Task Stop_in_the_delay_still_says_why_the_last_attempt_failed()
    {
        var running = _run.RunAsync(_build, "Broken");
        await Task.WhenAny(running, _run.Time.WaitedForAsync(Sample.Delay));
        await _stopping.CancelAsync();
        await running;

        _build.ExecutionPlan.Single().Failure.ShouldBe("no answer");
    }

    // HttpClient says so when it took too long.
    [Fact]
    public async Task Cancellation_nobody_asked_for_keeps_its_message()
    {
        await _run.RunAsync(_build, "Slow");

        _build.ExecutionPlan.Single()
            .Failure.ShouldBe("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.");
    }

    private sealed class Sample : RecordingBuild
    {
        public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
        public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

        public TaskCompletionSource Never { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Target Deaf => _ => _.Retry(1, Delay).Timeout(Limit).Executes(() => Never.Task);

        public Target Broken => _ => _.Retry(3, Delay).Executes(() => throw new IOException("no answer"));

        public Target Slow => _ => _.Executes(() => throw new TaskCanceledException(
            "The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing."));
    }
}
