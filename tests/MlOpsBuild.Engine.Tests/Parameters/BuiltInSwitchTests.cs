using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class BuiltInSwitchTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Skip_without_names_leaves_out_all_that_are_not_named()
    {
        (await _run.RunAsync(_build, "Train", "--skip")).ShouldBe(0);

        _build.Ran.ShouldBe(["Train"]);
        _build.SkippedTargets.Select(target => (target.Name, target.Skipped)).ShouldBe([("Data", "--skip"), ("Report", "--skip")]);
    }

    [Fact]
    public async Task Skip_takes_several_names_apart_or_joined()
    {
        await _run.RunAsync(_build, "Train", "--skip", "data+report");

        _build.Ran.ShouldBe(["Train"]);
    }

    [Theory]
    [InlineData("--target", "data")]
    [InlineData("--target=Data")]
    public async Task Target_may_be_named_by_a_switch(params string[] arguments)
    {
        (await _run.RunAsync(_build, arguments)).ShouldBe(0);

        _build.Ran.ShouldBe(["Data"]);
        _build.InvokedTargets.Select(target => target.Name).ShouldBe(["Data"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false, "--no-force")]
    [InlineData(false, "--force", "false")]
    [InlineData(true, "--no-force", "--force")]
    public async Task Switch_may_be_turned_off(bool expected, params string[] arguments)
    {
        (await _run.RunAsync(_build, ["Data", .. arguments])).ShouldBe(0);

        _build.Force.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    public async Task Variable_turns_a_switch_on_or_off_in_words(string value, bool expected)
    {
        _run.Environment["MLOPS_FORCE"] = value;

        await _run.RunAsync(_build, "Data");

        _build.Force.ShouldBe(expected);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        _run.Write(".nuke/parameters.json", """{ "nosuch": 1 }""");
        _run.Environment["NUKE_LEARNING_RATE"] = "1";
        _run.Environment["LEARNING_RATE"] = "2";
        _run.Environment["MLOPS_PARALLEL"] = "many";

        (await _run.RunAsync(
            _build, "Trains", "--profile", "none", "--partition", "5/4", "--skip", "Nothing", "--force=perhaps", "--unknown"))
            .ShouldBe(2);

        _run.Errors.Count().ShouldBe(9);
        _build.Ran.ShouldBeEmpty();
        _run.Exists(".mlops/last-run.json").ShouldBeFalse();
    }

    private sealed class Sample : RecordingBuild
    {
        [Parameter] public bool Force { get; private set; } = true;

        [Parameter] public double LearningRate { get; private set; }

        public Target Data => _ => _.Executes(() => Ran.Add("Data"));

        public Target Train => _ => _.DependsOn(Data).Triggers(Report).Executes(() => Ran.Add("Train"));

        public Target Report => _ => _.Executes(() => Ran.Add("Report"));
    }
}
