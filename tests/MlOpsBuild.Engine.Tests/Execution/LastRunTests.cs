using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

/// <summary><c>--continue</c> goes on where the last run failed.</summary>
public sealed class LastRunTests : IDisposable
{
    private const string Record = ".mlops/last-run.json";
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task What_succeeded_last_is_left_out()
    {
        await RunAsync(broken: true, "Test");

        var build = await RunAsync(broken: false, "Test", "--continue");

        build.Ran.ShouldBe(["Train", "Test"]);
        build.SkippedTargets.Select(target => (target.Name, target.Skipped)).ShouldBe([("Data", "succeeded in the last run")]);
        build.ExitCode.ShouldBeNull();
    }

    [Fact]
    public async Task It_may_be_used_again_and_again()
    {
        await RunAsync(broken: true, "Test");
        await RunAsync(broken: true, "Test", "--continue");

        (await RunAsync(broken: false, "Test", "--continue")).Ran.ShouldBe(["Train", "Test"]);
        (await RunAsync(broken: false, "Test", "--continue")).Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task Same_parameters_in_another_order_are_the_same()
    {
        await RunAsync(broken: true, "Test", "--zone", "eu", "--epochs", "3");

        (await RunAsync(broken: false, "Test", "--continue", "--epochs=3", "--zone=eu")).Ran.ShouldBe(["Train", "Test"]);
    }

    [Theory]
    [InlineData("Train")]
    [InlineData("Test", "--epochs", "4")]
    [InlineData("Test", "--epochs", "3", "--zone", "eu")]
    [InlineData("Test")]
    public async Task Other_targets_or_parameters_run_everything_with_a_warning(params string[] arguments)
    {
        await RunAsync(broken: true, "Test", "--epochs", "3");

        (await RunAsync(broken: false, [.. arguments, "--continue"])).Ran.ShouldContain("Data");
        _run.Output.ShouldContain("--continue: the last run was of other targets or parameters; everything runs.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "invoked": ["Test"], "targets": null, "parameters": [] }""")]
    public async Task Without_a_record_that_can_be_read_everything_runs_with_a_warning(string? record)
    {
        if (record != null)
        {
            _run.Write(Record, record);
        }

        (await RunAsync(broken: false, "Test", "--continue")).Ran.ShouldBe(["Data", "Train", "Test"]);
        _run.Output.ShouldContain("--continue: there is no last run to go on from; everything runs.");
    }

    [Fact]
    public async Task Assured_targets_and_those_that_restore_themselves_run_again()
    {
        await RunAsync(broken: true, "Test", "Cleaning", "Stage");

        (await RunAsync(broken: false, "Test", "Cleaning", "Stage", "--continue")).Ran.ShouldBe(["Train", "Test", "Cleaning", "Stage"]);
    }

    [Fact]
    public async Task What_needs_a_target_that_runs_anew_runs_anew()
    {
        var build = await RunAsync(broken: false, "Test");
        build.Ran.ShouldBe(["Data", "Train", "Test"]);
        _run.Write(Record, _run.Read(Record).Replace(
            "\"name\": \"Train\",\n      \"status\": \"Succeeded\"", "\"name\": \"Train\",\n      \"status\": \"Failed\"",
            StringComparison.Ordinal));

        (await RunAsync(broken: false, "Test", "--continue")).Ran.ShouldBe(["Train", "Test"]);
    }

    [Fact]
    public async Task Secret_is_compared_without_being_kept()
    {
        await RunAsync(broken: true, "Test", "--token", "hunter2");

        (await RunAsync(broken: false, "Test", "--token", "hunter3", "--continue")).Ran.ShouldBe(["Train", "Test"]);
        _run.Read(Record).ShouldNotContain("hunter");
    }

    private async Task<Sample> RunAsync(bool broken, params string[] arguments)
    {
        var build = new Sample { IsBroken = broken };
        (await _run.RunAsync(build, arguments)).ShouldBe(broken ? 1 : 0);
        return build;
    }

    private sealed class Sample : RecordingBuild
    {
        public bool IsBroken { get; init; }

        [Parameter] public int Epochs { get; private set; }

        [Parameter] public string? Zone { get; private set; }

        [Parameter, Secret] public string? Token { get; private set; }

        public Target Data => _ => _.Executes(() => Ran.Add("Data"));

        public Target Train => _ => _.DependsOn(Data).Executes(() =>
        {
            Assert.False(IsBroken, "broken");
            Ran.Add("Train");
        });

        public Target Test => _ => _.DependsOn(Train).Executes(() => Ran.Add("Test"));

        public Target Cleaning => _ => _.AssuredAfterFailure().Executes(() => Ran.Add("Cleaning"));

        public Target Stage => _ => _.Forecasts(_ => Task.FromResult(new TargetForecast(true, []))).Executes(() => Ran.Add("Stage"));
    }
}
