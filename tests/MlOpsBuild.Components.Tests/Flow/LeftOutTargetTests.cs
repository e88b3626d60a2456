using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>A target whose input was left out says which, also in a plan.</summary>
public sealed class LeftOutTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Train", "IngestData")]
    [InlineData("TestModel", "Train")]
    [InlineData("Package", "Train")]
    public async Task Target_without_its_input_is_refused_and_names_it(string target, string missing)
    {
        (await _run.RunAsync<DeployingBuild>(target, "--skip")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain($"{missing}: A result that is needed was not made");
        _run.Output.ShouldContain("leave out --skip");
    }

    [Fact]
    public async Task Plan_tells_that_it_would_fail()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel", "--skip", "Train", "--plan")).ShouldBe(0, _run.Output);

        _run.Output.ShouldMatch("would fail: .*A result that is needed was not made");
    }

    [Fact]
    public async Task Restored_targets_are_marked_in_the_summary()
    {
        await _run.RunAsync<LevelTwoBuild>("Train");
        _run.Output.ShouldNotContain("restored");

        await _run.RunAsync<LevelTwoBuild>("Train");

        _run.Output.ShouldMatch(@"\| Train\s+\| Succeeded\s+\| [^|]+\| [^|]*restored");
    }
}
