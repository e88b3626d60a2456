using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A better, an equal and a worse candidate on real data.</summary>
public sealed class ThreeCandidates(BuiltRepository repository) : EndToEndTest(repository, warm: true)
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
        AgainstChampion(await Checkout.LastRunAsync()).Evidence.ShouldStartWith("better");
        (await Checkout.ChampionAsync()).ShouldBe(2);
    }

    /// <summary>
    /// 14 of 14 clearly better models that reached the canary were rolled back: correcting a bias moves errors to the other side.
    /// </summary>
    [RealDataFact]
    public async Task One_that_is_trained_on_half_a_year_more_is_promoted()
    {
        await Checkout.DeployAsync("--data", CutAfter("2012-03-31"), "--set", "ridge=true");

        await Checkout.DeployAsync("--data", CutAfter("2012-09-30"), "--set", "ridge=true");

        var gate = AgainstChampion(await Checkout.LastRunAsync());
        gate.Candidate.ShouldBe(70.8, 0.1);
        gate.Reference.ShouldNotBeNull().ShouldBe(114.7, 0.1);
        var deployment = (await Checkout.DeploymentsAsync())[0];
        deployment.Outcome.ShouldBe(DeploymentOutcome.Promoted, deployment.Reason);
        deployment.Looks[^1].Seen.Loss!.Candidate.ShouldBeLessThan(deployment.Looks[^1].Seen.Loss!.Champion / 2);
        deployment.Plan!.UndecidedWhenEqual.ShouldBeLessThan(0.2);
        (await Checkout.RunAsync("ReplayCanary", "--false-alarm", "0.001")).Expect(0).Output.ShouldContain("then Promote, now Promote");
        (await Checkout.RunAsync("ReplayCanary", "none")).Expect(2).Output.ShouldContain(deployment.Id);
    }

    [RealDataFact]
    public async Task One_that_nobody_can_tell_apart_is_left_to_the_canary()
    {
        await Checkout.DeployAsync("--data", RealData.HourFile!);

        var second = await TryAsync("trees=101");

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

        var worse = (await TryAsync(Checkout.Weaker)).Expect(3);

        worse.Output.ShouldContain("worse by more than the margin");
        var gate = AgainstChampion(await Checkout.LastRunAsync());
        gate.Verdict.ShouldBe(Verdict.Failed);
        gate.Difference!.Lower.ShouldBeGreaterThan(0);
        (await Checkout.DeploymentsAsync()).Count.ShouldBe(deployments);
        (await Checkout.ChampionAsync()).ShouldBe(1);
    }

    private string CutAfter(string day)
    {
        var file = Path.Combine(Checkout.Root, $"until-{day}.csv");
        File.WriteAllLines(
            file, File.ReadLines(RealData.HourFile!).Where((line, row) => row == 0 || string.CompareOrdinal(line.Split(',')[1], day) <= 0));
        return file;
    }

    private static GateOutcome AgainstChampion(RunRecord run) =>
        run.Gates.Single(gate => gate.Gate.Contains("not worse than champion", StringComparison.Ordinal));

    private Task<CommandResult> TryAsync(string setting) => Checkout.TryToDeployAsync("--data", RealData.HourFile!, "--set", setting);
}
