using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class HelpTextTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Help_lists_targets_with_description_needs_and_default()
    {
        (await BuildHost.RunAsync<OutputBuild>(_run.Context("--help"), x => x.Train)).ShouldBe(0);

        Line("Train").ShouldContain("Trains the model (needs Data) (default)");
        Line("Data").ShouldEndWith("Checks the data");
        _run.Output.ShouldNotContain("Leak");
        _run.Output.ShouldNotContain("──");
    }

    [Fact]
    public async Task Help_lists_parameters_with_their_kind()
    {
        await BuildHost.RunAsync<OutputBuild>(_run.Context("--help"), x => x.Train);

        Line("--epochs").ShouldContain("How long to train [a whole number]");
        Line("--features").ShouldContain("Columns to use [text, several]");
        Line("--verbosity").ShouldContain("[one of Verbose, Normal, Minimal, Quiet]");
        Line("--plan").ShouldNotContain("[");
        _run.Output.ShouldNotContain("--internal");
    }

    [Fact]
    public async Task Help_runs_nothing()
    {
        await BuildHost.RunAsync<OutputBuild>(_run.Context("Broken", "--help"));

        _run.Output.ShouldStartWith("Broken\n");
        _run.Exists(".mlops/last-run.json").ShouldBeFalse();
    }

    [Fact]
    public async Task Wrong_call_is_told_even_when_help_is_asked() =>
        (await BuildHost.RunAsync<OutputBuild>(_run.Context("--help", "--nosuch"))).ShouldBe(2);

    /// <summary>A list of all parameters does not tell which of them matter for what one wants to do.</summary>
    [Fact]
    public async Task Parameters_stand_with_the_target_that_takes_them_and_shared_ones_at_the_end()
    {
        await BuildHost.RunAsync<OutputBuild>(_run.Context("--help"), x => x.Train);

        var sections = _run.Output.Split("Parameters of several targets, and of the build");
        sections[0].IndexOf("--epochs", StringComparison.Ordinal)
            .ShouldBeGreaterThan(sections[0].IndexOf("  Train ", StringComparison.Ordinal));
        sections[0].ShouldNotContain("--plan");
        sections[1].ShouldContain("--plan");
    }

    [Fact]
    public async Task Help_of_a_target_has_its_parameters_and_examples()
    {
        await BuildHost.RunAsync<OutputBuild>(_run.Context("Train", "--help"), x => x.Train);

        Line("--epochs").ShouldContain("How long to train");
        _run.Output.ShouldContain("./build.sh Train --epochs 3  # a short one\n");
        _run.Output.ShouldNotContain("--plan");
    }

    [Fact]
    public async Task Examples_name_the_command_that_started_the_build()
    {
        await BuildHost.RunAsync<OutputBuild>(_run.Context("--help") with { Command = "./ml.sh" }, x => x.Train);

        _run.Output.ShouldStartWith("Usage: ./ml.sh [targets]");
        _run.Output.ShouldContain("      ./ml.sh Train --epochs 3  # a short one\n");
    }

    private string Line(string start) =>
        _run.Output.Split('\n').Single(line => line.TrimStart().StartsWith(start + " ", StringComparison.Ordinal));
}
