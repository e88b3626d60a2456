using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AssuredGrace = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TestRun _run;
    private readonly Sample _build = new();

    public StopTests() => _run = new TestRun { Stopping = _stopping.Token };

    public void Dispose()
    {
        _run.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Running_target_is_aborted_later_ones_are_not_run_and_assured_ones_are()
    {
        (await StopDuringAsync("Heeding", "Next", "Assured")).ShouldBe(1);

        Statuses().ShouldBe([ExecutionStatus.Aborted, ExecutionStatus.NotRun, ExecutionStatus.Succeeded]);
        _build.ExecutionPlan.First().Failure.ShouldBe("stopped");
        _build.Ran.ShouldBe(["Assured, stopping: False"]);
    }

    [Fact]
    public async Task Target_that_ignores_the_stop_is_aborted_after_the_grace()
    {
        var running = StopDuringAsync("Deaf", "Next", "Assured");
        await _run.Time.PassAsync(Grace, running);

        (await running).ShouldBe(1);
        Statuses().ShouldBe([ExecutionStatus.Aborted, ExecutionStatus.NotRun, ExecutionStatus.Succeeded]);
        _build.ExecutionPlan.First().Failure.ShouldBe("it did not stop and was left behind");
        _build.Never.SetResult();
    }

    [Fact]
    public async Task All_that_run_at_once_are_aborted()
    {
        var running = _run.RunAsync(_build, "Heeding", "AlsoHeeding", "Next", "--parallel", "2");
        await _build.Began.Task;
        await _build.AlsoBegan.Task;
        await _stopping.CancelAsync();

        (await running).ShouldBe(1);
        Statuses().ShouldBe([ExecutionStatus.Aborted, ExecutionStatus.Aborted, ExecutionStatus.NotRun]);
    }

    [Fact]
    public async Task Stop_does_not_turn_success_into_something_else()
    {
        (await StopDuringAsync("Unmoved", "Next")).ShouldBe(1);

        Statuses().ShouldBe([ExecutionStatus.Succeeded, ExecutionStatus.NotRun]);
    }

    [Fact]
    public async Task Other_failure_during_a_stop_is_a_failure()
    {
        await StopDuringAsync("Failing");

        Statuses().ShouldBe([ExecutionStatus.Failed]);
        _run.Output.ShouldContain("the disk is full");
    }

    [Fact]
    public async Task Assured_target_has_half_a_minute_after_a_stop()
    {
        var running = StopDuringAsync("Heeding", "AssuredButSlow");
        await _run.Time.PassAsync(AssuredGrace, running);

        (await running).ShouldBe(1);
        Statuses()[0].ShouldBe(ExecutionStatus.Aborted);
        Statuses()[1].ShouldBeOneOf(ExecutionStatus.Aborted, ExecutionStatus.Failed);
        _build.ExecutionPlan.Last().Duration.ShouldBe(AssuredGrace);
    }

    // A report after a gate said no may have to wait for its host.
    [Fact]
    public async Task Assured_target_after_a_failure_takes_the_time_it_takes()
    {
        var running = _run.RunAsync(_build, "Broken", "AssuredLasting");
        await _build.Began.Task;
        _run.Time.Advance(TimeSpan.FromHours(1));
        _build.Never.SetResult();

        (await running).ShouldBe(1);
        Statuses().ShouldBe([ExecutionStatus.Failed, ExecutionStatus.Succeeded]);
    }

    [Fact]
    public async Task Summary_and_record_tell_of_the_stop_and_children_are_ended()
    {
        await StopDuringAsync("Heeding", "Next");

        _run.Output.ShouldContain("| Heeding | Aborted | ");
        _run.Output.ShouldContain("| Next    | NotRun  | ");
        _run.Read(".mlops/last-run.json").ShouldContain("\"status\": \"Aborted\"");
        _run.Read(".mlops/last-run.json").ShouldContain("\"exitCode\": 1");
        _run.ChildrenEnded.ShouldBe(1);
    }

    [Fact]
    public async Task Children_of_a_build_that_was_not_stopped_live_on()
    {
        await _run.RunAsync(_build, "Next");

        _run.ChildrenEnded.ShouldBe(0);
    }

    [Fact]
    public async Task Assured_target_that_runs_before_the_stop_is_told_of_it()
    {
        await StopDuringAsync("AssuredHeeding", "Next");

        Statuses().ShouldBe([ExecutionStatus.Aborted, ExecutionStatus.NotRun]);
    }

    private ExecutionStatus[] Statuses() => [.. _build.ExecutionPlan.Select(target => target.Status)];

    private async Task<int> StopDuringAsync(params string[] targets)
    {
        var running = _run.RunAsync(_build, targets);
        await _build.Began.Task;
        await _stopping.CancelAsync();
        return await running;
    }

    private sealed class Sample : RecordingBuild
    {
        public TaskCompletionSource Began { get; } = New();

        public TaskCompletionSource AlsoBegan { get; } = New();

        public TaskCompletionSource Never { get; } = New();

        public Target Heeding => _ => _.Executes(() => HeedAsync(Began));

        public Target AlsoHeeding => _ => _.Executes(() => HeedAsync(AlsoBegan));

        public Target AssuredHeeding => _ => _.AssuredAfterFailure().Executes(() => HeedAsync(Began));

        public Target AssuredButSlow => _ => _.AssuredAfterFailure().Executes(() => HeedAsync(AlsoBegan));

        public Target Deaf => _ => _.Executes(() =>
        {
            Began.SetResult();
            return Never.Task;
        });

        public Target Unmoved => _ => _.Executes(() => StoppedAsync());

        public Target Failing => _ => _.Executes(async () =>
        {
            await StoppedAsync();
            throw new IOException("the disk is full");
        });

        public Target Broken => _ => _.Executes(() => throw new IOException("the disk is full"));

        public Target AssuredLasting => _ => _.AssuredAfterFailure().Executes(() =>
        {
            Began.SetResult();
            return Never.Task.WaitAsync(StoppingOf(this));
        });

        public Target Next => _ => _.Executes(() => Ran.Add("Next"));

        public Target Assured =>
            _ => _.AssuredAfterFailure().Executes(() => Ran.Add($"Assured, stopping: {StoppingOf(this).IsCancellationRequested}"));

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private async Task HeedAsync(TaskCompletionSource began)
        {
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, StoppingOf(this));
        }

        // Ends when the stop came, and says nothing of it.
        private async Task StoppedAsync()
        {
            var stopped = New();
            await using var registration = StoppingOf(this).Register(stopped.SetResult);
            Began.SetResult();
            await stopped.Task;
        }
    }
}
