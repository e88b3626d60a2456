using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A build that is killed leaves nothing that the next one cannot deal with.</summary>
public sealed class SuddenDeath(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task In_a_canary_ends_the_rehearsal_and_the_next_build_clears_the_rest()
    {
        await Checkout.DeployAsync("--set", Checkout.Weaker);
        using var build = Checkout.Start("Train", "Deploy");
        await build.UntilAsync(" 5 %  canary");
        Checkout.Processes("rehearse").Count.ShouldBe(1);

        build.Kill();

        (await build.EndAsync()).ExitCode.ShouldBe(137);
        await Eventually.HoldsAsync(() => Checkout.Processes("rehearse").Count == 0, "rehearsal traffic ends with its build");
        var next = await Checkout.RunAsync("Train", "Deploy");
        next.Output.ShouldContain("left over from a build that ended");
        next = next.ExitCode == 0 ? next : await Checkout.DeployAsync();
        (await Checkout.DeploymentsAsync())[0].Outcome.ShouldBe(DeploymentOutcome.Promoted);
        Checkout.Processes("serve").Count.ShouldBe(2, "the champion and the version before, warm");
        using var caller = new Caller(next.Address);
        (await caller.PredictAsync()).Version.ShouldBe(2);
        (await Checkout.RunAsync("VerifyAudit")).Expect(0);
    }

    [Theory]
    [InlineData("validate runs")]
    [InlineData("train runs")]
    public async Task In_training_costs_only_what_was_not_finished(string moment)
    {
        using var build = Checkout.Start("Train");
        await build.UntilAsync(moment);
        build.Kill();
        await build.EndAsync();

        (await Checkout.RunAsync("Train")).Expect(0).Output.ShouldContain("ingest: restored");

        (await Checkout.LastRunAsync()).Model.ShouldNotBeNull();
    }

    /// <summary>What was tried is found again; the rest is tried as it would have been.</summary>
    [Fact]
    public async Task In_a_search_costs_only_the_trials_that_were_not_finished()
    {
        using var build = Checkout.Start("Tune", "--trials", "12", "--set", "simulation-days=200");
        await build.UntilAsync("trial 4 of 12: RMSE");
        build.Kill();
        (await build.EndAsync()).ExitCode.ShouldBe(137);

        var next = (await Checkout.RunAsync("Tune", "--trials", "12", "--set", "simulation-days=200")).Expect(0).Output;

        foreach (var trial in Enumerable.Range(1, 4))
        {
            next.ShouldMatch($@"trial {trial} of 12: RMSE [\d.]+, restored; best ");
        }

        next.ShouldMatch(@"trial 12 of 12: RMSE [\d.]+, [\d.]+ s; best ");
        next.ShouldContain("Train takes it in this build; in others by --set ");
    }
}
