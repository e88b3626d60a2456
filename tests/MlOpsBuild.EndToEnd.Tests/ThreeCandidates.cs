using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A better, an equal and a worse candidate on real data.</summary>
public sealed class ThreeCandidates(BuiltRepository repository) : EndToEndTest(repository)
{
    [RealDataFact]
    public async Task The_better_one_is_promoted_step_by_step()
    {
        await Checkout.DeployAsync("--data", RealData.HourFile!, "--set", Checkout.Weaker);

        await Checkout.DeployAsync("--data", RealData.HourFile!);

        var deployment = (await Checkout.DeploymentsAsync())[0];
        deployment.Outcome.ShouldBe(DeploymentOutcome.Promoted, deployment.Reason);
        deployment.Looks.Select(look => look.CanaryPercent).Distinct().ShouldBe([5, 25, 50]);
        deployment.Rehearsal!.ByVersion.Keys.ShouldBe(["1", "2"], ignoreOrder: true);
        deployment.Rehearsal.ByVersion.Values.ShouldAllBe(requests => requests > 100);
        AgainstChampion(await Checkout.LastRunAsync()).Evidence.ShouldBe("better");
        (await Checkout.ChampionAsync()).ShouldBe(2);
    }

    [RealDataFact]
    public async Task One_that_nobody_can_tell_apart_is_left_to_the_canary()
    {
        await Checkout.DeployAsync("--data", RealData.HourFile!);

        var second = await TryAsync("l2=10");

        var gate = AgainstChampion(await Checkout.LastRunAsync());
        gate.Evidence.ShouldStartWith("no evidence either way");
        gate.Verdict.ShouldBe(Verdict.Passed);
        gate.Difference!.Lower.ShouldBeLessThan(0);
        gate.Difference.Upper.ShouldBeGreaterThan(0);
        var deployment = (await Checkout.DeploymentsAsync())[0];
        deployment.Outcome.ShouldBeOneOf(DeploymentOutcome.Promoted, DeploymentOutcome.Inconclusive);
        var promoted = deployment.Outcome == DeploymentOutcome.Promoted;
        second.Expect(promoted ? 0 : 4);
        (await Checkout.ChampionAsync()).ShouldBe(promoted ? 2 : 1);
    }

    [RealDataFact]
    public async Task The_worse_one_is_refused_by_the_gate()
    {
        await Checkout.DeployAsync("--data", RealData.HourFile!);
        var deployments = (await Checkout.DeploymentsAsync()).Count;

        var worse = (await TryAsync("l2=100")).Expect(3);

        worse.Output.ShouldContain("worse by more than the margin");
        var gate = AgainstChampion(await Checkout.LastRunAsync());
        gate.Verdict.ShouldBe(Verdict.Failed);
        gate.Difference!.Lower.ShouldBeGreaterThan(0);
        (await Checkout.DeploymentsAsync()).Count.ShouldBe(deployments);
        (await Checkout.ChampionAsync()).ShouldBe(1);
    }

    private static GateOutcome AgainstChampion(RunRecord run) => run.Gates.Single(gate => gate.Gate.Contains("not worse than champion", StringComparison.Ordinal));

    private Task<CommandResult> TryAsync(string setting) => Checkout.TryToDeployAsync("--data", RealData.HourFile!, "--set", setting);
}
