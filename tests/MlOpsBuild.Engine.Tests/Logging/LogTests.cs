using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Logging.Tests;

public sealed class LogTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Holes_are_filled_in_order()
    {
        (await _run.RunAsync(new LoggingBuild(), "Say")).ShouldBe(0, _run.Output);

        var lines = _run.Output.Split('\n').Select(line => line.Trim()).ToList();
        lines.ShouldContain("two of 0.5, |   7|, 2026-11-28, {braces}, {Missing}");
        lines.ShouldContain("a warning");
        lines.ShouldContain("an error: the cause");
        lines.ShouldNotContain("detail");
    }

    [Theory]
    [InlineData("Verbose", "detail", true)]
    [InlineData("Quiet", "a warning", false)]
    [InlineData("Minimal", "a warning", true)]
    [InlineData("Quiet", "an error: the cause", true)]
    public async Task Verbosity_decides_what_is_printed(string verbosity, string line, bool printed)
    {
        await _run.RunAsync(new LoggingBuild(), "Say", "--verbosity", verbosity);

        _run.Output.Split('\n').Select(text => text.Trim()).Contains(line).ShouldBe(printed, _run.Output);
    }

    [Fact]
    public async Task Work_is_tried_again_as_often_as_said()
    {
        (await _run.RunAsync(new LoggingBuild(), "TryAgain")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("Attempt 1 of 3 failed: not yet (1)");
        _run.Output.ShouldContain("Attempt 2 of 3 failed: not yet (2)");
        _run.Output.ShouldContain("3 attempts, 3 cleanups, 0, passed over");
        (await _run.RunAsync(new LoggingBuild(), "NeverWorks")).ShouldBe(1);
    }

    private sealed class LoggingBuild : NukeBuild
    {
        public Target Say => _ => _.Executes(() =>
        {
            Log.Debug("detail");
            Log.Information(
                "{Count} of {Share}, |{Width,4}|, {Day:yyyy-MM-dd}, {{braces}}, {Missing}", "two", 0.5, 7, new DateTime(2026, 11, 28));
            Log.Warning("a warning");
            Log.Error(new InvalidOperationException("the cause"), "an {What}", "error");
        });

        public Target TryAgain => _ => _.Executes(() =>
        {
            var (attempts, cleanups) = (0, 0);
            ControlFlow.ExecuteWithRetry(
                () =>
                {
                    if (++attempts < 3)
                    {
                        throw new InvalidOperationException($"not yet ({attempts})");
                    }
                },
                () => cleanups++);
            var number = ControlFlow.SuppressErrors(int () => throw new InvalidOperationException("passed over"));
            Log.Information("{Attempts} attempts, {Cleanups} cleanups, {Number}, passed over", attempts, cleanups, number);
        });

        public Target NeverWorks =>
            _ => _.Executes(() => ControlFlow.ExecuteWithRetry(() => throw new InvalidOperationException("never"), retryAttempts: 2));
    }
}
