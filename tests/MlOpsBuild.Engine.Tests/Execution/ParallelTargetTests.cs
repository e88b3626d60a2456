using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class ParallelTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Two_independent_targets_really_overlap()
    {
        var build = new Sample();

        // Each waits for the other: one after the other they would never end.
        (await _run.RunAsync(build, "Left", "Right", "--parallel", "2")).ShouldBe(0);

        build.SucceededTargets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Output_of_the_later_target_is_held_back_until_its_turn()
    {
        await _run.RunAsync(new Sample(), "Left", "Right", "--parallel", "2");

        _run.Output.ShouldStartWith("\n── Left ──\nLeft begins\nLeft ends\n\n── Right ──\nRight begins\nRight ends\n");
    }

    [Fact]
    public async Task Target_in_front_prints_as_it_goes()
    {
        var build = new Sample();
        var running = _run.RunAsync(build, "Front", "--parallel", "2");
        await build.FrontSpoke.Task;

        _run.Output.ShouldEndWith("Front begins\n");
        build.FrontMayEnd.SetResult();
        (await running).ShouldBe(0);
    }

    [Fact]
    public async Task Target_that_already_runs_goes_on_when_another_fails_and_no_other_begins()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "Broken", "Lasting", "Next", "Assured", "--parallel", "2")).ShouldBe(1);

        build.StatusOf("Broken").ShouldBe(ExecutionStatus.Failed);
        build.StatusOf("Lasting").ShouldBe(ExecutionStatus.Succeeded);
        build.StatusOf("Next").ShouldBe(ExecutionStatus.NotRun);
        build.StatusOf("Assured").ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Dependant_of_a_failure_that_lets_others_run_runs()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "AfterTolerant", "--parallel", "4")).ShouldBe(1);

        build.StatusOf("Tolerant").ShouldBe(ExecutionStatus.Failed);
        build.StatusOf("AfterTolerant").ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Each_target_reports_its_own_pairs()
    {
        var build = new Sample();

        await _run.RunAsync(build, "Left", "Right", "--parallel", "2");

        build.ExecutionPlan.ShouldAllBe(target => target.SummaryInformation["name"] == target.Name);
    }

    private sealed class Sample : RecordingBuild
    {
        private readonly TaskCompletionSource _left = New();
        private readonly TaskCompletionSource _right = New();
        private readonly TaskCompletionSource _lasting = New();
        private readonly TaskCompletionSource _failed = New();

        public TaskCompletionSource FrontSpoke { get; } = New();

        public TaskCompletionSource FrontMayEnd { get; } = New();

        public Target Left => _ => _.Executes(() => MeetAsync("Left", _left, _right));

        public Target Right => _ => _.Executes(() => MeetAsync("Right", _right, _left));

        public Target Front => _ => _.Executes(async () =>
        {
            Context.Console.Line("Front begins");
            FrontSpoke.SetResult();
            await FrontMayEnd.Task;
        });

        public Target Broken => _ => _.Executes(async () =>
        {
            await _lasting.Task;
            throw new IOException("broken");
        });

        public Target Lasting => _ => _.Executes(async () =>
        {
            _lasting.SetResult();
            await _failed.Task;
        });

        public Target Next => _ => _.Executes(() => { });

        public Target Assured => _ => _.AssuredAfterFailure().Executes(() => { });

        public Target Tolerant => _ => _.ProceedAfterFailure().Executes(() => throw new IOException("broken"));

        public Target AfterTolerant => _ => _.DependsOn(Tolerant).Executes(() => { });

        protected internal override void OnTargetFailed(string target) => _failed.TrySetResult();

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private async Task MeetAsync(string name, TaskCompletionSource own, TaskCompletionSource other)
        {
            Context.Console.Line($"{name} begins");
            ReportSummary(_ => new() { ["name"] = name });
            own.SetResult();
            await other.Task;
            Context.Console.Line($"{name} ends");
        }
    }
}
