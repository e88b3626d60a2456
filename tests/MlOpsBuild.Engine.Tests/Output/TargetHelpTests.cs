using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class TargetHelpTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Named_target_tells_all_it_says_of_itself()
    {
        (await _run.RunAsync(new Sample(), "Train", "--help")).ShouldBe(0);

        _run.Output.ShouldBe(
            """
            Train
              Trains the model
              needs: Data
              after, when both run: Clean
              needed by: Test
              pulls in: Report
              only when: there is data; () => Epochs > 0
              before it begins: needs --zone
              leaves: model.bin, *.log
              runs also after a failure or a stop
              its failure does not stop later targets
                --epochs            [a whole number]
                --zone              [text]

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Several_are_told_one_after_the_other()
    {
        await _run.RunAsync(new Sample(), "Clean", "Data", "--help");

        _run.Output.ShouldBe(
            "Clean\nData\n  needed by: Train\n    --epochs            [a whole number]\n    --zone              [text]\n",
            "what both take is told once");
    }

    [Fact]
    public async Task Unmet_requirement_does_not_matter_where_nothing_runs() =>
        (await _run.RunAsync(new Sample(), "Test", "--help")).ShouldBe(0);

    /// <summary>The plan refuses a circle; help is asked by those who look for it.</summary>
    [Fact]
    public async Task A_circle_of_targets_does_not_keep_help_from_being_shown()
    {
        (await BuildHost.RunAsync<Circle>(_run.Context("--help"), build => build.First)).ShouldBe(0);

        _run.Output.ShouldContain("First");
        _run.Output.ShouldContain("(needs First)");
    }

    [Fact]
    public async Task Unknown_target_is_wrong_usage() => (await _run.RunAsync(new Sample(), "Trains", "--help")).ShouldBe(2);

    private sealed class Circle : NukeBuild
    {
        public Target First => _ => _.DependsOn(Second);

        public Target Second => _ => _.DependsOn(First);
    }

    private sealed class Sample : NukeBuild
    {
        [Parameter] public string? Zone { get; private set; }

        [Parameter] public int Epochs { get; private set; }

        public Target Clean => _ => _;

        public Target Data => _ => _;

        public Target Train => _ => _.Description("Trains the model").DependsOn(Data).After(Clean).Triggers(Report).Requires(() => Zone)
            .OnlyWhenStatic(() => true, "there is data")
            .OnlyWhenDynamic(() => Epochs > 0)
            .Produces("model.bin", "*.log")
            .AssuredAfterFailure()
            .ProceedAfterFailure();

        public Target Test => _ => _.DependsOn(Train);

        public Target Report => _ => _;
    }
}
