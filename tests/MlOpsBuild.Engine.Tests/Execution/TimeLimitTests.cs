using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class TimeLimitTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Token_is_cancelled_at_the_limit_and_not_before()
    {
        var running = _run.RunAsync(_build, "Heeding", "Next");
        var stopping = await _build.Began.Task;

        _run.Time.Advance(Sample.Limit - TimeSpan.FromMilliseconds(1));
        stopping.IsCancellationRequested.ShouldBeFalse();
        _run.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await running).ShouldBe(1);
        stopping.IsCancellationRequested.ShouldBeTrue();
        _build.StatusOf("Heeding").ShouldBe(ExecutionStatus.Failed);
        _build.ExecutionPlan.First().Failure.ShouldBe("took longer than 30 s (stopped)");
        _build.StatusOf("Next").ShouldBe(ExecutionStatus.NotRun);
        _run.ChildrenEnded.ShouldBe(0);
    }

    [Fact]
    public async Task Target_that_ignores_its_token_is_left_behind_and_fails()
    {
        var running = _run.RunAsync(_build, "Deaf", "Next");
        await _build.Began.Task;
        _run.Time.Advance(Sample.Limit);
        await _run.Time.PassAsync(Grace, running);

        (await running).ShouldBe(1);
        _build.StatusOf("Deaf").ShouldBe(ExecutionStatus.Failed);
        _build.ExecutionPlan.First().Failure.ShouldBe("took longer than 30 s (it did not stop and was left behind)");
        _build.StatusOf("Next").ShouldBe(ExecutionStatus.NotRun);
        _run.ChildrenEnded.ShouldBe(1);
        _build.Deafness.SetResult();
    }

    [Fact]
    public async Task Target_that_ends_within_the_grace_with_a_result_has_succeeded()
    {
        var running = _run.RunAsync(_build, "Deaf");
        await _build.Began.Task;
        _run.Time.Advance(Sample.Limit);
        await Task.WhenAny(running, _run.Time.WaitedForAsync(Grace));
        _build.Deafness.SetResult();

        (await running).ShouldBe(0);
        _build.StatusOf("Deaf").ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Failure_after_the_limit_that_is_no_cancellation_keeps_its_message()
    {
        var running = _run.RunAsync(_build, "Deaf");
        await _build.Began.Task;
        _run.Time.Advance(Sample.Limit);
        await Task.WhenAny(running, _run.Time.WaitedForAsync(Grace));
        _build.Deafness.SetException(new IOException("the disk is full"));

        (await running).ShouldBe(1);
        _build.ExecutionPlan.Single().Failure.ShouldBe("the disk is full");
    }

    [Fact]
    public async Task Target_within_its_limit_succeeds()
    {
        (await _run.RunAsync(_build, "Quick")).ShouldBe(0);

        _build.StatusOf("Quick").ShouldBe(ExecutionStatus.Succeeded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Limit_that_is_not_positive_is_refused(int seconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ((ITargetDefinition)null!).Timeout(TimeSpan.FromSeconds(seconds)));

    private sealed class Sample : RecordingBuild
    {
        public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

        public TaskCompletionSource<CancellationToken> Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Deafness { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Target Heeding => _ => _.Timeout(Limit).Executes(async () =>
        {
            Began.SetResult(StoppingOf(this));
            await Task.Delay(Timeout.InfiniteTimeSpan, StoppingOf(this));
        });

        public Target Deaf => _ => _.Timeout(Limit).Executes(() =>
        {
            Began.SetResult(StoppingOf(this));
            return Deafness.Task;
        });

        public Target Quick => _ => _.Timeout(Limit).Executes(() => { });

        public Target Next => _ => _.Executes(() => Ran.Add("Next"));
    }
}
