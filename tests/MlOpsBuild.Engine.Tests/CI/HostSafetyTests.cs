using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

public sealed class HostSafetyTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    // The runner reads lines as .NET does: a carriage return ends one.
    [Theory]
    [InlineData("progress\r::error::not ours")]
    [InlineData("progress\r  ::set-output name=x::y")]
    public async Task Command_after_a_carriage_return_is_harmless(string text)
    {
        _run.Environment["GITHUB_ACTIONS"] = "true";

        await _run.RunAsync(new Sample(text), "Say");

        _run.Output.Split('\r', '\n').ShouldNotContain(line => line.TrimStart().StartsWith("::error::", StringComparison.Ordinal)
            || line.TrimStart().StartsWith("::set-output", StringComparison.Ordinal));
    }

    // Agents have the address, not the home folder.
    [Fact]
    public void Jenkins_agent_is_a_build_server()
    {
        _run.Environment["JENKINS_URL"] = "https://ci.example.org/";

        _run.Context().IsServerBuild.ShouldBeTrue();
    }

    [Fact]
    public async Task Repeated_lines_of_a_failure_are_counted_as_they_are_printed()
    {
        _run.Environment["GITHUB_ACTIONS"] = "true";

        await _run.RunAsync(new Sample("one\ntwo\nthree") { Breaks = true }, "Say");

        _run.Output.Split("The last ")[1].ShouldStartWith("4 lines of Say:\none\ntwo\nthree\nSay failed: broken\n");
    }

    private sealed class Sample(string text) : NukeBuild
    {
        public bool Breaks { get; init; }

        public Target Say => _ => _.Executes(() =>
        {
            Context.Console.Line(text);
            ExitCode = Breaks ? 3 : null;
            Assert.False(Breaks, "broken");
        });
    }
}
