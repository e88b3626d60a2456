using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Definition.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    internal interface ITrain : INukeBuild
    {
        Target Train => _ => _.Produces("model.bin", "log.txt").Executes(() => ((Sample)this).Ran.Add("Train"));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Consumer_runs_after_the_producer_when_both_are_asked_for()
    {
        await _run.RunAsync(_build, "Test", "Train");

        _build.Ran.ShouldBe(["Train", "Test"]);
    }

    [Fact]
    public async Task Consumer_alone_does_not_ask_for_the_producer()
    {
        await _run.RunAsync(_build, "Test");

        _build.Ran.ShouldBe(["Test"]);
    }

    [Fact]
    public void Products_are_kept_in_their_order() => Find("Train").ArtifactProducts.ShouldBe(["model.bin", "log.txt"]);

    [Theory]
    [InlineData("Test", "Train ")]
    [InlineData("Some", "Train model.bin, Train *.txt")]
    [InlineData("OfComponent", "Train ")]
    [InlineData("SomeOfComponent", "Train log.txt")]
    [InlineData("SomeOfTheOnly", "Train log.txt")]
    public void Uses_name_the_producer_and_what_is_used_or_everything(string target, string uses) =>
        string.Join(", ", Find(target).ArtifactDependencies.Select(use => $"{use.Producer.Name} {use.Artifact}")).ShouldBe(uses);

    private ExecutableTarget Find(string name) => TargetCatalog.Of(_build).Find(name)!;

    private sealed class Sample : RecordingBuild, ITrain
    {
        public Target Test => _ => _.Consumes(((ITrain)this).Train).Executes(() => Ran.Add("Test"));

        public Target Some => _ => _.Consumes(((ITrain)this).Train, "model.bin", "*.txt");

        public Target OfComponent => _ => _.Consumes<ITrain>(x => x.Train);

        public Target SomeOfComponent => _ => _.Consumes<ITrain>(x => x.Train, "log.txt");

        public Target SomeOfTheOnly => _ => _.Consumes<ITrain>("log.txt");
    }
}
