using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class WorkerCountTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    // Today nothing runs and the exit code is 0.
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task Number_of_workers_that_is_not_positive_is_refused(string workers)
    {
        (await _run.RunAsync(new Sample(), "Plain", $"--parallel={workers}")).ShouldBe(2);

        _run.Errors.Single().ShouldContain("--parallel");
    }

    private sealed class Sample : NukeBuild
    {
        public Target Plain => _ => _.Executes(() => { });
    }
}
