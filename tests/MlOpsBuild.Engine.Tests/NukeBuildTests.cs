namespace MlOpsBuild.Engine.Tests;

public sealed class NukeBuildTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Static_and_instance_members_agree_inside_a_build()
    {
        _run.Environment["CI"] = "true";
        var build = new Sample();

        (await _run.RunAsync(build, "Look")).ShouldBe(0);

        INukeBuild instance = build;
        build.Seen.ShouldBe(new Place(instance.RootDirectory, instance.TemporaryDirectory, instance.IsServerBuild, instance.IsLocalBuild));
        build.Seen.ShouldBe(new Place(_run.Root!, Path.Combine(_run.Root, ".nuke", "temp")!, Server: true, Local: false));
    }

    [Fact]
    public async Task Running_target_is_the_one_that_looks()
    {
        var build = new Sample();

        await _run.RunAsync(build, "Look", "After");

        build.Running.ShouldBe(["Look"]);
        build.Waiting.ShouldBe(["After"]);
        build.RunningTargets.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reported_pairs_belong_to_the_running_target()
    {
        var build = new Sample();

        await _run.RunAsync(build, "Look", "After");

        build.ExecutionPlan.First().SummaryInformation.ShouldBe(new Dictionary<string, string> { ["RMSE"] = "42.1", ["rows"] = "7" });
        build.ExecutionPlan.Last().SummaryInformation.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readonly_field_and_private_setter_take_values()
    {
        var build = new Sample();

        await _run.RunAsync(build, "Look", "--field", "7", "--closed", "x");

        build.FieldValue.ShouldBe(7);
        build.Closed.ShouldBe("x");
    }

    [Fact]
    public async Task Property_without_a_setter_takes_its_value_or_the_build_says_that_it_cannot()
    {
        var build = new Sample();

        var code = await _run.RunAsync(build, "Look", "--fixed", "given");

        (code == 2 || build.Fixed == "given").ShouldBeTrue("a value given on the command line must not be dropped silently");
    }

    [Fact]
    public void Value_of_something_else_than_a_member_is_refused() =>
        Should.Throw<ArgumentException>(() => ((INukeBuild)new Sample()).TryGetValue(() => string.Concat("a", "b")))
            .Message.ShouldContain("must name a parameter");

    [Fact]
    public async Task Failing_and_succeeding_are_opposites()
    {
        var good = new Sample();
        var bad = new Sample();
        await _run.RunAsync(good, "After");
        await _run.RunAsync(bad, "Broken", "After");

        (good.IsSucceeding, good.IsFailing).ShouldBe((true, false));
        (bad.IsSucceeding, bad.IsFailing).ShouldBe((false, true));
        bad.FailedTargets.Single().Name.ShouldBe("Broken");
        bad.SucceededTargets.ShouldBeEmpty();
    }

    private sealed record Place(AbsolutePath Root, AbsolutePath Temporary, bool Server, bool Local);

    private sealed class Sample : NukeBuild
    {
        [Parameter] private readonly int _field = 1;

        [Parameter] public string? Closed { get; private set; }

        [Parameter] public string Fixed { get; } = "default";

        public int FieldValue => _field;

        public Place? Seen { get; private set; }

        public string[] Running { get; private set; } = [];

        public string[] Waiting { get; private set; } = [];

        public Target Look => _ => _.Executes(() =>
        {
            Seen = new(RootDirectory, TemporaryDirectory, IsServerBuild, IsLocalBuild);
            Running = [.. RunningTargets.Select(target => target.Name)];
            Waiting = [.. ScheduledTargets.Select(target => target.Name)];
            ReportSummary(pairs => new(pairs) { ["RMSE"] = "42.1", ["rows"] = "7" });
        });

        public Target After => _ => _.Executes(() => { });

        public Target Broken => _ => _.Executes(() => throw new IOException("broken"));
    }
}
