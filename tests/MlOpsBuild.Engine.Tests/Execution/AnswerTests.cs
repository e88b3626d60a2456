using MlOpsBuild.Engine.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>An exit code set by one target says nothing of the failures of others.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly TestRun _run = new() { Clock = new ManualTime() };

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Later_accident_is_told_in_full()
    {
        (await _run.RunAsync(new Sample(), "Answers", "Breaks")).ShouldBe(3);

        _run.Output.ShouldContain("   at MlOpsBuild.Engine.Execution.Tests");
    }

    [Fact]
    public async Task Later_target_is_tried_again()
    {
        var build = new Sample();

        await _run.RunAsync(build, "Answers", "Flaky");

        build.StatusOf("Flaky").ShouldBe(ExecutionStatus.Succeeded);
    }

    private sealed class Sample : RecordingBuild
    {
        private int _attempts;

        public Target Answers => _ => _.ProceedAfterFailure().Executes(() =>
        {
            ExitCode = 3;
            throw new InvalidOperationException("RMSE is worse");
        });

        public Target Breaks => _ => _.Executes(() => throw new IOException("broken"));

        public Target Flaky => _ => _.Retry(1).Executes(() => Assert.True(_attempts++ > 0, "no answer"));
    }
}
