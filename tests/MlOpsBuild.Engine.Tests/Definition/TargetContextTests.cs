using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Definition.Tests;

/// <summary>What runs before and after the targets of a context.</summary>
public sealed class TargetContextTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    internal interface IServer : INukeBuild
    {
        Setup StartServer => _ => _.Executes(() => ((Sample)this).Ran.Add("start"));

        Cleanup StopServer => _ => _.Executes(() => ((Sample)this).Ran.Add("stop"));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Target_runs_between_setup_and_cleanup()
    {
        (await _run.RunAsync(_build, "Probe")).ShouldBe(0);

        _build.Ran.ShouldBe(["start", "probe", "stop"]);
    }

    [Fact]
    public async Task Several_targets_share_one_context()
    {
        await _run.RunAsync(_build, "Probe", "Measure");

        _build.Ran.ShouldBe(["start", "probe", "measure", "stop"]);
    }

    [Fact]
    public async Task Cleanup_runs_after_a_failure()
    {
        (await _run.RunAsync(_build, "Broken", "Last")).ShouldBe(1);

        _build.Ran.ShouldBe(["start", "stop"]);
        _build.StatusOf("Last").ShouldBe(ExecutionStatus.NotRun);
    }

    [Fact]
    public async Task Nothing_is_set_up_for_a_target_that_is_left_out()
    {
        (await _run.RunAsync(_build, "LeftOut")).ShouldBe(0);

        _build.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_set_up_where_nothing_asks_for_it()
    {
        await _run.RunAsync(_build, "Last");

        _build.Ran.ShouldBe(["last"]);
    }

    [Fact]
    public void Setup_and_cleanup_are_not_listed() =>
        TargetCatalog.Of(_build).Targets.Where(target => !target.Listed).Select(target => target.Name)
            .ShouldBe(["StartServer", "StopServer"]);

    [Fact]
    public async Task They_are_found_among_targets_by_their_properties()
    {
        await _run.RunAsync(_build, "Probe");

        IServer server = _build;
        _build.SucceededTargets.Contains(server.StartServer).ShouldBeTrue();
        _build.SucceededTargets.Contains(server.StopServer).ShouldBeTrue();
        _build.SucceededTargets.Contains(_build.Probe).ShouldBeTrue();
        _build.SucceededTargets.Contains(_build.Last).ShouldBeFalse();
        _build.SucceededTargets.Contains((Target?)null).ShouldBeFalse();
    }

    [Fact]
    public void Context_must_be_part_of_the_build() =>
        Should.Throw<InvalidOperationException>(() => TargetCatalog.Of(new Lacking()))
            .Message.ShouldContain("IServer, which build 'Lacking' does not implement");

    private sealed class Sample : RecordingBuild, IServer
    {
        public Target Probe => _ => _.DependsOnContext<IServer>().Executes(() => Ran.Add("probe"));

        public Target Measure => _ => _.DependsOnContext<IServer>().Executes(() => Ran.Add("measure"));

        public Target Broken => _ => _.DependsOnContext<IServer>().Executes(() => throw new IOException("broken"));

        public Target LeftOut => _ => _.DependsOnContext<IServer>().OnlyWhenStatic(() => false).Executes(() => Ran.Add("left out"));

        public Target Last => _ => _.Executes(() => Ran.Add("last"));
    }

    private sealed class Lacking : NukeBuild
    {
        public Target Probe => _ => _.DependsOnContext<IServer>();
    }
}
