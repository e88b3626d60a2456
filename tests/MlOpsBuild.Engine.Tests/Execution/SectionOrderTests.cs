using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class SectionOrderTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    // The turn goes on when a status is final, but a failure's message, the end of the section and the hooks come after that.
    [Fact]
    public async Task All_that_is_said_for_a_target_is_said_before_the_next_one_speaks()
    {
        (await _run.RunAsync(new Sample(), "First", "Second", "Third", "--parallel", "2")).ShouldBe(0);

        _run.Output.IndexOf("hook of First", StringComparison.Ordinal)
            .ShouldBeLessThan(_run.Output.IndexOf("── Second ──", StringComparison.Ordinal), _run.Output);
    }

    private sealed class Sample : NukeBuild
    {
        private readonly TaskCompletionSource _third = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Target First => _ => _.Executes(() => { });

        public Target Second => _ => _.Executes(() => { });

        public Target Third => _ => _.DependsOn(Second).Executes(() => _third.SetResult());

        protected internal override void OnTargetSucceeded(string target)
        {
            if (target == "First")
            {
                _third.Task.Wait();
                Context.Console.Line("hook of First");
            }
        }
    }
}
