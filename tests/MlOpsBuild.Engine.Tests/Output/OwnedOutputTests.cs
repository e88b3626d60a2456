using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

/// <summary>A target that talks to a program on standard output has it for itself.</summary>
public sealed class OwnedOutputTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _run.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task What_is_for_people_goes_to_standard_error()
    {
        (await RunAsync("Talk")).ShouldBe(0);

        _output.ToString().ShouldBeEmpty();
        _errors.ToString().ShouldContain("Talk");
    }

    [Theory]
    [InlineData("Walk")]
    [InlineData("Talk", "--plan")]
    public async Task Another_target_and_a_plan_print_as_always(params string[] arguments)
    {
        (await RunAsync(arguments)).ShouldBe(0);

        _output.ToString().ShouldContain(arguments[0]);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        new BuildRun(
            new TalkingBuild(), _run.Context(arguments) with { Console = new BuildConsole(_output, color: false, errors: _errors) })
            .RunAsync(_ => []);

    private sealed class TalkingBuild : NukeBuild
    {
        public Target Talk => _ => _.OwnsOutput().Executes(() => { });

        public Target Walk => _ => _.Executes(() => { });
    }
}
