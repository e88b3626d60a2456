using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class BuildFinishedTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task It_is_called_once_after_the_last_target_and_before_the_summary()
    {
        var build = new FinishingBuild();

        (await _run.RunAsync(build, "One", "Two")).ShouldBe(0);

        build.Ran.ShouldBe(["One", "Two", "finished"]);
        _run.Output.IndexOf("the end", StringComparison.Ordinal).ShouldBeInRange(
            _run.Output.IndexOf("── Two ──", StringComparison.Ordinal), _run.Output.IndexOf("Target", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_called_after_a_failure_too_and_sees_it()
    {
        var build = new FinishingBuild();

        (await _run.RunAsync(build, "Broken", "Two")).ShouldBe(1);

        build.Ran.ShouldBe(["finished", "failing"]);
    }

    [Fact]
    public async Task What_goes_wrong_in_it_is_told_and_undoes_nothing()
    {
        (await _run.RunAsync(new FinishingBuild { AtTheEnd = () => throw new IOException("no answer") }, "One")).ShouldBe(0);

        _run.Output.ShouldContain("After the last target: no answer");
        _run.Exists(".mlops/last-run.json").ShouldBeTrue();
    }

    [Fact]
    public async Task It_may_set_the_exit_code()
    {
        var build = new FinishingBuild();
        build.AtTheEnd = () => build.ExitCode = 4;

        (await _run.RunAsync(build, "One")).ShouldBe(4);

        _run.Read(".mlops/last-run.json").ShouldContain("\"exitCode\": 4");
    }

    [Theory]
    [InlineData("One", "--plan")]
    [InlineData("--help")]
    [InlineData("Nothing")]
    [InlineData("One", "--unknown")]
    public async Task Where_nothing_ran_nothing_has_finished(params string[] arguments)
    {
        var build = new FinishingBuild();

        await _run.RunAsync(build, arguments);

        build.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_called_when_the_build_was_stopped()
    {
        using var stopping = new CancellationTokenSource();
        using var run = new TestRun { Stopping = stopping.Token };
        var build = new FinishingBuild { During = stopping.Cancel };

        await run.RunAsync(build, "One", "Two");

        build.Ran.ShouldBe(["One", "finished", "failing"]);
    }

    private sealed class FinishingBuild : RecordingBuild
    {
        public Action AtTheEnd { get; set; } = () => { };

        public Action During { get; init; } = () => { };

        public Target One => _ => _.Executes(() =>
        {
            Ran.Add("One");
            During();
        });

        public Target Two => _ => _.Executes(() => Ran.Add("Two"));

        public Target Broken => _ => _.Executes(() => throw new IOException("broken"));

        protected internal override void OnBuildFinished()
        {
            Ran.Add("finished");
            if (IsFailing)
            {
                Ran.Add("failing");
            }

            Context.Console.Line("the end");
            AtTheEnd();
        }
    }
}
