using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class TargetExecutorTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TestRun _run;

    public TargetExecutorTests() => _run = new TestRun { Stopping = _stopping.Token };

    public void Dispose()
    {
        _run.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Actions_of_every_kind_run_in_order_and_are_awaited()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "Actions")).ShouldBe(0);

        build.Ran.ShouldBe(["one", "two", "async", "result", "task result"]);
        build.StatusOf("Actions").ShouldBe(ExecutionStatus.Succeeded);
    }

    [Theory]
    [InlineData("FailingAction")]
    [InlineData("FailingTask")]
    [InlineData("FailingTaskWithResult")]
    [InlineData("FailingMethodGroup")]
    [InlineData("FailingValueTask")]
    public async Task Failure_of_any_kind_of_action_fails_the_target_and_stops_later_ones(string target)
    {
        var build = new Sample();

        (await _run.RunAsync(build, target, "Last")).ShouldBe(1);

        build.StatusOf(target).ShouldBe(ExecutionStatus.Failed);
        build.StatusOf("Last").ShouldBe(ExecutionStatus.NotRun);
        build.Ran.ShouldBeEmpty();
        _run.Output.ShouldContain($"{target} failed: ");
        _run.Output.ShouldContain("the disk is full");
    }

    [Fact]
    public async Task Failed_action_stops_the_later_actions_of_its_target()
    {
        var build = new Sample();

        await _run.RunAsync(build, "FailsHalfway");

        build.Ran.ShouldBe(["first half"]);
    }

    [Fact]
    public async Task Later_targets_run_after_a_failure_that_lets_them_but_the_build_fails()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "Tolerant", "Last")).ShouldBe(1);

        build.Ran.ShouldBe(["Last"]);
        build.StatusOf("Tolerant").ShouldBe(ExecutionStatus.Failed);
        build.IsFailing.ShouldBeTrue();
    }

    [Fact]
    public async Task Assured_targets_run_after_a_failure_even_after_another_assured_one_failed()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "FailingAction", "Last", "AssuredFailing", "Assured")).ShouldBe(1);

        build.Ran.ShouldBe(["Assured"]);
        build.StatusOf("AssuredFailing").ShouldBe(ExecutionStatus.Failed);
        build.StatusOf("Assured").ShouldBe(ExecutionStatus.Succeeded);
        build.StatusOf("Last").ShouldBe(ExecutionStatus.NotRun);
    }

    [Fact]
    public async Task Stop_aborts_the_running_target_and_assured_ones_clean_up()
    {
        var build = new Sample { Stop = _stopping.Cancel };

        (await _run.RunAsync(build, "Stopped", "Last", "Assured")).ShouldBe(1);

        build.StatusOf("Stopped").ShouldBe(ExecutionStatus.Aborted);
        build.StatusOf("Last").ShouldBe(ExecutionStatus.NotRun);
        build.Ran.ShouldBe(["Assured"]);
    }

    [Fact]
    public async Task Stop_before_a_target_leaves_it_unrun()
    {
        var build = new Sample();
        await _stopping.CancelAsync();

        (await _run.RunAsync(build, "Last")).ShouldBe(1);

        build.StatusOf("Last").ShouldBe(ExecutionStatus.NotRun);
    }

    [Fact]
    public async Task Cancellation_that_nobody_asked_for_is_a_failure()
    {
        var build = new Sample();

        await _run.RunAsync(build, "TimedOut");

        build.StatusOf("TimedOut").ShouldBe(ExecutionStatus.Failed);
    }

    [Fact]
    public async Task False_dynamic_condition_skips_with_its_reason_after_its_dependencies_ran()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "Conditional")).ShouldBe(0);

        build.Ran.ShouldBe(["Last"]);
        build.StatusOf("Conditional").ShouldBe(ExecutionStatus.Skipped);
        build.SkippedTargets.Single().Skipped.ShouldBe("nothing new");
    }

    [Fact]
    public async Task Dynamic_condition_is_asked_only_when_the_target_would_run()
    {
        var build = new Sample();

        await _run.RunAsync(build, "FailingAction", "Asking");

        build.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Throwing_dynamic_condition_fails_its_target_and_assured_ones_still_run()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "BadCondition", "Last", "Assured")).ShouldBe(1);

        build.StatusOf("BadCondition").ShouldBe(ExecutionStatus.Failed);
        build.Ran.ShouldBe(["Assured"]);
    }

    [Fact]
    public async Task Target_without_actions_is_collective_and_counts_as_succeeded()
    {
        var build = new Sample();

        (await _run.RunAsync(build, "All")).ShouldBe(0);

        build.StatusOf("All").ShouldBe(ExecutionStatus.Collective);
        build.SucceededTargets.Select(target => target.Name).ShouldBe(["Last", "All"]);
    }

    [Fact]
    public async Task Duration_is_what_the_clock_says()
    {
        var build = new Sample { Pass = () => _run.Time.Advance(TimeSpan.FromSeconds(90)) };

        await _run.RunAsync(build, "Slow");

        build.ExecutionPlan.Single().Duration.ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Expected_failure_is_told_without_a_stack_trace()
    {
        await _run.RunAsync(new Sample(), "GateSaysNo");
        _run.Output.ShouldContain("GateSaysNo failed: RMSE is worse\n");
        _run.Output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("FailingAction")]
    [InlineData("GateSaysNo", "--verbosity", "verbose")]
    public async Task Unexpected_or_verbose_failure_shows_where_it_happened(params string[] arguments)
    {
        await _run.RunAsync(new Sample(), arguments);

        _run.Output.ShouldContain("   at MlOpsBuild.Engine.Execution.Tests");
    }

    private sealed class Sample : RecordingBuild
    {
        public Action Stop { get; init; } = () => { };

        public Action Pass { get; init; } = () => { };

        public Target Actions => _ => _
            .Executes(() => Ran.Add("one"), () => Ran.Add("two"))
            .Executes(async () =>
            {
                await Task.Yield();
                Ran.Add("async");
            })
            .Executes(() => Note("result"))
            .Executes(async () =>
            {
                await Task.Yield();
                return Note("task result");
            });

        public Target FailingAction => _ => _.Executes(() => Fail());

        public Target FailingTask => _ => _.Executes(async () =>
        {
            await Task.Yield();
            Fail();
        });

        public Target FailingTaskWithResult => _ => _.Executes(async () => await FailAsync());

        public Target FailingMethodGroup => _ => _.Executes(FailAsync);

        public Target FailingValueTask => _ => _.Executes(() => new ValueTask<int>(FailAsync()));

        public Target FailsHalfway => _ => _.Executes(() => Ran.Add("first half"), Fail, () => Ran.Add("second half"));

        public Target Tolerant => _ => _.ProceedAfterFailure().Executes(() => Fail());

        public Target AssuredFailing => _ => _.AssuredAfterFailure().Executes(() => Fail());

        public Target Assured => _ => _.AssuredAfterFailure().Executes(() => Ran.Add("Assured"));

        public Target Last => _ => _.Executes(() => Ran.Add("Last"));

        public Target Stopped => _ => _.Executes(() =>
        {
            Stop();
            Context.Stopping.ThrowIfCancellationRequested();
        });

        public Target TimedOut => _ => _.Executes(() => throw new OperationCanceledException("timeout"));

        public Target Conditional =>
            _ => _.DependsOn(Last).OnlyWhenDynamic(() => false, "nothing new").Executes(() => Ran.Add("Conditional"));

        public Target Asking => _ => _.OnlyWhenDynamic(() => Note("asked") > 0);

        public Target BadCondition => _ => _.OnlyWhenDynamic(() => Throws()).Executes(() => Ran.Add("BadCondition"));

        public Target All => _ => _.DependsOn(Last);

        public Target Slow => _ => _.Executes(() => Pass());

        public Target GateSaysNo => _ => _.Executes(() =>
        {
            ExitCode = 3;
            throw new InvalidOperationException("RMSE is worse");
        });

        private static void Fail() => throw new IOException("the disk is full");

        private static bool Throws() => throw new IOException("the disk is full");

        private static async Task<int> FailAsync()
        {
            await Task.Yield();
            throw new IOException("the disk is full");
        }

        private int Note(string text)
        {
            Ran.Add(text);
            return Ran.Count;
        }
    }
}
