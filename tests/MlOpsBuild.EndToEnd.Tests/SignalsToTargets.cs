using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Ctrl-C and SIGTERM reach every kind of target, and nothing is left behind.</summary>
public sealed class SignalsToTargets : IDisposable
{
    private const string Child = "1234";
    private readonly SampleBuild _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("WaitsForItsToken", "INT", 130)]
    [InlineData("WaitsForItsToken", "TERM", 143)]
    [InlineData("IgnoresItsToken", "INT", 130)]
    [InlineData("IgnoresItsToken", "TERM", 143)]
    [InlineData("StartsAProgram", "TERM", 143)]
    public async Task Stopped_build_cleans_up_tells_and_leaves_no_process(string target, string signal, int exitCode)
    {
        using var build = _sample.Start(target, "CleansUp", "Later");
        await build.UntilAsync("waiting");

        build.Signal(signal);

        var ended = (await build.EndAsync()).Expect(exitCode);
        ended.Output.ShouldContain("cleaned up");
        ended.Output.ShouldNotContain("\nlater");
        ended.Output.ShouldMatch($@"{target}\s+\| Aborted");
        ended.Output.ShouldMatch(@"Later\s+\| NotRun");
        File.ReadAllText(Path.Combine(_sample.Root, ".mlops", "last-run.json")).ShouldContain("\"Aborted\"");
        ProcessTable.Naming("sleep", Child).ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_signal_ends_the_build_at_once()
    {
        using var build = _sample.Start("WaitsInItsCleanUp", "Later");
        await build.UntilAsync("waiting");
        build.Signal("TERM");
        await build.UntilAsync("cleaning up");

        build.Signal("TERM");

        (await build.EndAsync()).Expect(143).Output.ShouldNotContain("NotRun");
    }
}
