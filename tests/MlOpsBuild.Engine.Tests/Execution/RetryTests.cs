using MlOpsBuild.Engine.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class RetryTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ManualTime _time = new();
    private readonly TestRun _run;
    private readonly Sample _build = new();

    public RetryTests() => _run = new TestRun { Stopping = _stopping.Token, Clock = _time };

    public void Dispose()
    {
        _run.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Every_attempt_runs_all_actions_again_after_the_delay()
    {
        _build.Failures = 2;

        (await _run.RunAsync(_build, "Flaky")).ShouldBe(0);

        _build.Ran.ShouldBe(["one at 0 s", "two at 0 s", "one at 5 s", "two at 5 s", "one at 10 s", "two at 10 s", "three"]);
        _build.StatusOf("Flaky").ShouldBe(ExecutionStatus.Succeeded);
        _build.ExecutionPlan.Single().Duration.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Each_failed_attempt_is_told_with_its_reason_and_what_comes_next()
    {
        _build.Failures = 1;

        await _run.RunAsync(_build, "Flaky");

        _run.Output.ShouldContain("attempt 1 of 3 failed: no answer 1; the next in 5 s\n");
        _run.Output.ShouldNotContain("Flaky failed");
    }

    [Fact]
    public async Task Last_failure_is_the_targets()
    {
        _build.Failures = 3;

        (await _run.RunAsync(_build, "Flaky", "Next")).ShouldBe(1);

        _build.StatusOf("Flaky").ShouldBe(ExecutionStatus.Failed);
        _build.ExecutionPlan.First().Failure.ShouldBe("no answer 3");
        _build.StatusOf("Next").ShouldBe(ExecutionStatus.NotRun);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    public async Task Failure_with_an_exit_code_of_its_own_is_an_answer_and_not_tried_again(int code, int attempts)
    {
        _build.Failures = 9;
        _build.Code = code;

        (await _run.RunAsync(_build, "Gate")).ShouldBe(code);

        _build.Ran.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task Exit_code_of_a_failed_attempt_is_forgotten_when_the_next_succeeds()
    {
        _build.Failures = 1;
        _build.Code = 1;

        (await _run.RunAsync(_build, "Gate")).ShouldBe(0);
    }

    [Fact]
    public async Task Delay_is_one_second_unless_said()
    {
        _build.Failures = 1;

        await _run.RunAsync(_build, "Hasty");

        _build.Ran.ShouldBe(["at 0 s", "at 1 s"]);
    }

    [Fact]
    public async Task Attempt_that_took_too_long_is_tried_again_with_the_whole_time()
    {
        using var run = new TestRun();
        var running = run.RunAsync(_build, "Slow");
        await run.Time.PassAsync(Sample.Limit, running);
        await Task.WhenAny(running, run.Time.WaitedForAsync(Sample.Delay));
        _build.Slowness.SetResult();
        run.Time.Advance(Sample.Delay);

        (await running).ShouldBe(0);
        _build.Ran.ShouldBe(["slow", "slow"]);
        run.Output.ShouldContain("attempt 1 of 2 failed: took longer than 30 s (stopped); the next in 5 s");
    }

    [Fact]
    public async Task Stop_during_the_delay_ends_the_target_without_another_attempt()
    {
        using var run = new TestRun { Stopping = _stopping.Token };
        _build.Failures = 9;
        var running = run.RunAsync(_build, "Flaky", "Next");
        await Task.WhenAny(running, run.Time.WaitedForAsync(Sample.Delay));
        await _stopping.CancelAsync();

        (await running).ShouldBe(1);
        _build.Ran.ShouldBe(["one at 0 s", "two at 0 s"]);
        _build.StatusOf("Flaky").ShouldBe(ExecutionStatus.Aborted);
        _build.StatusOf("Next").ShouldBe(ExecutionStatus.NotRun);
    }

    [Fact]
    public void Negative_number_of_retries_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ((ITargetDefinition)null!).Retry(-1));

    private sealed class Sample : RecordingBuild
    {
        public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
        public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);
        private int _attempts;

        public int Failures { get; set; }

        public int Code { get; set; }

        public TaskCompletionSource Slowness { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Target Flaky =>
            _ => _.Retry(2, Delay).Executes(() => Ran.Add($"one {Clock}"), () => Ran.Add($"two {Clock}"), Fail, () => Ran.Add("three"));

        public Target Gate => _ => _.Retry(1, Delay).Executes(() =>
        {
            Ran.Add("gate");
            ExitCode = _attempts < Failures ? Code : null;
            Fail();
        });

        public Target Hasty => _ => _.Retry(1).Executes(() => Ran.Add(Clock), Fail);

        public Target Slow => _ => _.Retry(1, Delay).Timeout(Limit).Executes(async () =>
        {
            Ran.Add("slow");
            await Slowness.Task.WaitAsync(StoppingOf(this));
        });

        public Target Next => _ => _.Executes(() => Ran.Add("Next"));

        private string Clock =>
            $"at {(Context.Time.GetUtcNow() - new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)).TotalSeconds} s";

        private void Fail()
        {
            if (_attempts++ < Failures)
            {
                throw new IOException($"no answer {_attempts}");
            }
        }
    }
}
