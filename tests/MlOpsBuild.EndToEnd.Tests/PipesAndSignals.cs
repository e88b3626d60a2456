using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The build ends when its caller wants it to; the servers do not.</summary>
public sealed class PipesAndSignals(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    [Fact]
    public async Task A_pipe_ends_with_the_build_and_the_server_goes_on()
    {
        var piped = (await Checkout.ShellAsync("./build.sh Train Deploy | cat")).Expect(0);

        using var caller = new Caller(piped.Address);
        ((int)(await caller.PredictAsync()).Status).ShouldBe(200);
    }

    [Fact]
    public async Task A_reader_that_goes_away_does_not_stop_the_build()
    {
        (await Checkout.ShellAsync("./build.sh Train | head -1")).Expect(0);

        (await Checkout.LastRunAsync()).Model.ShouldNotBeNull();
    }

    [Fact]
    public Task A_signal_in_a_canary_leaves_everything_to_the_baseline() => LeavesAllToTheBaselineAsync("TERM", 143);

    [Fact]
    [Trait("Category", "Nightly")]
    public Task So_does_the_other_one() => LeavesAllToTheBaselineAsync("INT", 130);

    private async Task LeavesAllToTheBaselineAsync(string signal, int exitCode)
    {
        var first = await Checkout.DeployAsync("--set", Checkout.Weaker);
        var servers = Checkout.Processes();
        using var build = Checkout.Start("Train", "Deploy");
        await build.UntilAsync(" 5 %  canary");
        Checkout.Processes("serve").Count.ShouldBe(2);

        build.Signal(signal);

        (await build.EndAsync()).Expect(exitCode);
        Checkout.Processes().ShouldBe(servers, "canary and rehearsal traffic are gone");
        (await Checkout.RunAsync("Status")).Output.ShouldMatch(@"\| v1\s+\| champion\s+\| 100 %");
        (await Checkout.DeploymentsAsync())[0].Outcome.ShouldBe(DeploymentOutcome.Stopped);
        using var caller = new Caller(first.Address);
        (await caller.PredictAsync()).Version.ShouldBe(1);
    }
}
