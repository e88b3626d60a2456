using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Execution.Tests;

public sealed class BuildRunTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    internal interface IAbsent
    {
        Target Absent => _ => _;
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Unknown_parameter_ends_the_build_before_anything_runs()
    {
        (await _run.RunAsync(_build, "Train", "--epoch", "3")).ShouldBe(2);

        _build.Ran.ShouldBeEmpty();
        _run.Errors.ShouldBe(["Unknown parameter --epoch. Did you mean --epochs?"]);
        _run.Output.ShouldContain("Nothing was run.");
        _run.Exists(".mlops/last-run.json").ShouldBeFalse();
    }

    [Fact]
    public async Task Unknown_target_is_told_with_a_suggestion_and_the_listed_targets()
    {
        (await _run.RunAsync(_build, "Trains")).ShouldBe(2);

        _run.Errors.ShouldBe(["Unknown target 'Trains'. Did you mean Train? Targets: Deploy, Quiet, Report, Train."]);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        _run.Write(".nuke/parameters.json", """{ "nosuch": 1 }""");

        (await _run.RunAsync(_build, "Trains", "--epochs", "abc", "--xyzzy", "--skip", "Nothing")).ShouldBe(2);

        var errors = _run.Errors.ToList();
        errors.Count.ShouldBe(5);
        errors.ShouldContain(error => error.Contains("--xyzzy", StringComparison.Ordinal));
        errors.ShouldContain(error => error.Contains("'nosuch'", StringComparison.Ordinal));
        errors.ShouldContain(error => error.Contains("--epochs 'abc' (command line) is not a whole number", StringComparison.Ordinal));
        errors.ShouldContain(error => error.Contains("'Trains'", StringComparison.Ordinal));
        errors.ShouldContain(error => error.Contains("'Nothing'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unmet_requirements_of_the_whole_plan_end_the_build_before_anything_runs()
    {
        (await _run.RunAsync(_build, "Deploy", "--epochs", "5", "--zone", " ")).ShouldBe(2);

        _build.Ran.ShouldBeEmpty();
        var errors = _run.Errors.ToList();
        errors.Count.ShouldBe(4);
        errors[0].ShouldBe("Target Train needs --budget.");
        errors[1].ShouldBe("Target Deploy needs --token.");
        errors[2].ShouldBe("Target Deploy needs --zone.");
        errors[3].ShouldStartWith("Target Deploy requires ");
    }

    [Fact]
    public async Task Met_requirements_let_it_run()
    {
        (await _run.RunAsync(_build, "Deploy", "--budget", "0", "--token", "t", "--zone", "eu", "--confirmed")).ShouldBe(0);

        _build.Ran.ShouldBe(["Train 5", "Deploy"]);
    }

    [Fact]
    public async Task Values_reach_the_members_and_the_initialiser_is_the_default()
    {
        await _run.RunAsync(_build, "Train", "--budget", "1", "--epochs=7");
        _build.Ran.ShouldBe(["Train 7"]);
        _build.InvokedTargets.Select(target => target.Name).ShouldBe(["Train"]);
    }

    [Fact]
    public async Task Skip_leaves_out_what_is_named_but_not_an_invoked_target()
    {
        (await _run.RunAsync(_build, "Report", "--skip", "Train+Report")).ShouldBe(0);

        _build.Ran.ShouldBe(["Report"]);
        _build.SkippedTargets.Single().Skipped.ShouldBe("--skip");
    }

    [Theory]
    [InlineData("--verbosity", "normal", true)]
    [InlineData("--verbosity", "minimal", true)]
    [InlineData("--verbosity", "quiet", false)]
    public async Task Target_header_is_printed_unless_quiet(string name, string value, bool printed)
    {
        await _run.RunAsync(_build, "Quiet", name, value);

        _run.Output.Contains("── Quiet ──", StringComparison.Ordinal).ShouldBe(printed);
    }

    [Fact]
    public async Task Cycle_is_told_as_wrong_usage()
    {
        (await _run.RunAsync(new Circular(), "A")).ShouldBe(2);

        _run.Errors.Single().ShouldContain("A -> B -> A");
    }

    [Fact]
    public async Task Broken_definition_is_told_as_one_sentence_like_a_cycle()
    {
        (await _run.RunAsync(new Lacking(), "A")).ShouldBe(2);

        _run.Errors.Single().ShouldContain("IAbsent");
    }

    [Fact]
    public async Task Secret_is_masked_wherever_it_is_printed()
    {
        await _run.RunAsync(_build, "Quiet", "--token", "hunter2");

        _run.Output.ShouldContain("the token is ***");
        _run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Broken_output_does_not_stop_the_build()
    {
        using var broken = new BrokenWriter();
        var context = _run.Context("Train", "Quiet", "--budget", "1") with { Console = new BuildConsole(broken, color: false) };

        (await new BuildRun(_build, context).RunAsync(_ => [])).ShouldBe(0);

        _build.Ran.ShouldBe(["Train 5"]);
        broken.Attempts.ShouldBe(1);
        _run.Exists(".mlops/last-run.json").ShouldBeTrue();
    }

    private sealed class Sample : RecordingBuild
    {
        [Parameter] public int Epochs { get; set; } = 5;

        [Parameter] public int? Budget { get; set; }

        [Parameter] public bool Confirmed { get; set; }

        [Parameter, Secret] public string? Token { get; set; }

        [Parameter] public string? Zone { get; set; }

        public Target Train => _ => _.Requires(() => Budget).Executes(() => Ran.Add($"Train {Epochs}"));

        public Target Deploy =>
            _ => _.DependsOn(Train).Requires(() => Token, () => Zone).Requires(() => Confirmed).Executes(() => Ran.Add("Deploy"));

        public Target Report => _ => _.DependsOn(Train).Executes(() => Ran.Add("Report"));

        public Target Quiet => _ => _.Executes(() => Context.Console.Line($"the token is {Token}"));

        public Target Hidden => _ => _.Unlisted();
    }

    private sealed class Circular : NukeBuild
    {
        public Target A => _ => _.DependsOn(B);

        public Target B => _ => _.DependsOn(A);
    }

    private sealed class Lacking : NukeBuild
    {
        public Target A => _ => _.DependsOn<IAbsent>();
    }
}
