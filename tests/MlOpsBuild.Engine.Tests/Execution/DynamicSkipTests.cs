using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary>What goes with a target that a dynamic condition leaves out.</summary>
public sealed class DynamicSkipTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    // LeftOut waits for Slow. What it would pull needs NeededByPulled, which waits for nobody: with two workers it runs meanwhile.
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Same_targets_are_left_out_with_any_number_of_workers(string workers)
    {
        (await _run.RunAsync(_build, "LeftOut", "Starter", "--parallel", workers)).ShouldBe(0);

        _build.SkippedTargets.Select(target => (target.Name, target.Skipped))
            .ShouldBe([("LeftOut", "no"), ("NeededByPulled", "because of Pulled"), ("Pulled", "because of LeftOut")]);
    }

    [Fact]
    public async Task Each_one_is_told_of()
    {
        await _run.RunAsync(_build, "LeftOut");

        _build.Ran.ShouldBe(["LeftOut", "Pulled", "NeededByPulled"], ignoreOrder: true);
    }

    private sealed class Sample : RecordingBuild
    {
        private readonly TaskCompletionSource _zebra = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Target Slow => _ => _.Executes(() => Parallel > 1 ? _zebra.Task : Task.CompletedTask);

        public Target LeftOut => _ => _.DependsOn(Slow).Triggers(Pulled).OnlyWhenDynamic(() => false, "no").Executes(() => { });

        public Target Pulled => _ => _.DependsOn(NeededByPulled).Executes(() => { });

        public Target NeededByPulled => _ => _.Executes(() => { });

        public Target Starter => _ => _.Triggers(Zebra).Executes(() => { });

        // The last of the plan: when it runs, the other worker has taken what it would take.
        public Target Zebra => _ => _.Executes(() => _zebra.SetResult());

        protected internal override void OnTargetSkipped(string target) => Ran.Add(target);
    }
}
