using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class GateSelfTestTests
{
    private const int Runs = 100;

    // Days share their luck, as days of a log do.
    private static readonly IReadOnlyList<GateTrialResult> Results = Run(seed: 1);

    [Fact]
    public void Ours_fail_a_candidate_that_is_as_good_no_more_often_than_promised() =>
        Of(GateSelfTest.Ours, 1).Failed.ShouldBeLessThanOrEqualTo(GateSelfTest.FalseFailures + 0.03);

    [Fact]
    public void Fixed_thresholds_fail_it_far_more_often()
    {
        Of("fails when it is worse at all", 1).Failed.ShouldBeGreaterThan(0.4);
        Of("fails when it is worse by 2%", 1).Failed.ShouldBeGreaterThan(2 * GateSelfTest.FalseFailures);
    }

    [Fact]
    public void What_is_worse_by_a_tenth_is_let_through_by_nobody() =>
        Results.Where(result => result.Scenario.Stretch > 1.05).ShouldAllBe(result => result.Passed < 0.05);

    [Fact]
    public void Each_scenario_is_judged_by_each_rule()
    {
        Results.Count.ShouldBe(GateScenario.All.Count * 4);
        Results.ShouldAllBe(result => result.Passed >= 0 && result.Failed >= 0 && result.Passed + result.Failed <= 1.0001);
        GateScenario.All.Count(scenario => !scenario.IsHarmful).ShouldBe(1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_shares() => Run(seed: 1).ShouldBe(Results);

    private static GateTrialResult Of(string rule, double stretch) =>
        Results.Single(result => result.Rule == rule && result.Scenario.Stretch == stretch);

    private static IReadOnlyList<GateTrialResult> Run(long seed)
    {
        var random = new SplitMix64(3);
        double[] day = [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())];
        return new GateSelfTest(Sample.Predictions("champion", 60, 12, row => day[row / 12] + random.NextNormal()), 0.02, seed)
            .Run(Runs, CancellationToken.None);
    }
}
