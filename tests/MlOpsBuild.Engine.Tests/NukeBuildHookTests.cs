namespace MlOpsBuild.Engine.Tests;

public sealed class NukeBuildHookTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Hooks_are_called_in_the_order_of_what_happens()
    {
        (await _run.RunAsync(_build, "First", "LeftOut", "Late", "Broken", "Never")).ShouldBe(1);

        _build.Ran.ShouldBe(
            [
                "created, zone ", "initialized, zone eu", "skipped LeftOut", "running First", "First", "succeeded First", "skipped Late",
                "running Broken", "failed Broken", "finished",
            ]);
    }

    [Theory]
    [InlineData("First", "--plan")]
    [InlineData("First", "--help")]
    [InlineData("Nowhere")]
    public async Task Nothing_is_told_of_targets_that_do_not_run(params string[] arguments)
    {
        await _run.RunAsync(_build, arguments);

        _build.Ran.ShouldNotContain(call => call.StartsWith("running", StringComparison.Ordinal) || call == "finished");
        _build.Ran[0].ShouldBe("created, zone ");
    }

    [Fact]
    public async Task Target_without_actions_is_not_told_of()
    {
        await _run.RunAsync(_build, "Both");

        _build.Ran.ShouldNotContain(call => call.Contains("Both", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("running First", "First")]
    [InlineData("succeeded First", "First")]
    [InlineData("skipped Late", "Late")]
    public async Task Hook_that_throws_fails_its_target(string hook, string target)
    {
        _build.Throws = hook;

        (await _run.RunAsync(_build, target, "Never")).ShouldBe(1);

        _build.StatusOf(target).ShouldBe(ExecutionStatus.Failed);
        _build.StatusOf("Never").ShouldBe(ExecutionStatus.NotRun);
        _run.Output.ShouldContain("the hook is broken");
        _run.Exists(".mlops/last-run.json").ShouldBeTrue();
    }

    [Fact]
    public async Task Aborted_target_counts_as_failed()
    {
        using var stopping = new CancellationTokenSource();
        using var run = new TestRun { Stopping = stopping.Token };
        _build.During = stopping.Cancel;

        await run.RunAsync(_build, "Stopped");

        _build.Ran.ShouldContain("failed Stopped");
    }

    private sealed class Sample : RecordingBuild
    {
        [Parameter] public string? Zone { get; private set; }

        public string Throws { get; set; } = "";

        public Action During { get; set; } = () => { };

        public Target First => _ => _.Executes(() => Ran.Add("First"));

        public Target LeftOut => _ => _.OnlyWhenStatic(() => false).Executes(() => { });

        public Target Late => _ => _.OnlyWhenDynamic(() => false).Executes(() => { });

        public Target Broken => _ => _.Executes(() => throw new IOException("broken"));

        public Target Never => _ => _.Executes(() => Ran.Add("Never"));

        public Target Both => _ => _.DependsOn(First);

        public Target Stopped => _ => _.Executes(() =>
        {
            During();
            StoppingOf(this).ThrowIfCancellationRequested();
        });

        protected internal override void OnBuildCreated() => Ran.Add($"created, zone {Zone}");

        protected internal override void OnBuildInitialized() => Ran.Add($"initialized, zone {Zone ??= "eu"}");

        protected internal override void OnBuildFinished() => Ran.Add("finished");

        protected internal override void OnTargetRunning(string target) => Note($"running {target}");

        protected internal override void OnTargetSkipped(string target) => Note($"skipped {target}");

        protected internal override void OnTargetSucceeded(string target) => Note($"succeeded {target}");

        protected internal override void OnTargetFailed(string target) => Note($"failed {target}");

        private void Note(string call)
        {
            Ran.Add(call);
            if (call == Throws)
            {
                throw new InvalidOperationException("the hook is broken");
            }
        }
    }
}
