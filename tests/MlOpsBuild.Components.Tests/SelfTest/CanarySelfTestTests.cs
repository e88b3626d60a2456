using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.SelfTest.Tests;

public sealed class CanarySelfTestTests
{
    private static IReadOnlyList<SelfTestResult> Results { get; } = Run();

    [Fact]
    public void Ours_stops_what_is_harmful_and_promotes_what_is_not()
    {
        var ours = Results.Where(result => result.Rule == CanarySelfTest.Ours).ToList();

        ours.Count.ShouldBe(CanaryScenario.All.Count);
        ours.Where(result => result.Scenario.Harmful).ShouldAllBe(result => result.Stopped == 1);
        ours.Where(result => !result.Scenario.Harmful).ShouldAllBe(result => result.Stopped <= 0.05 && result.Promoted >= 0.8);
    }

    [Fact]
    public void Every_rule_is_run_on_every_scenario() =>
        Results.GroupBy(result => result.Scenario)
            .ShouldAllBe(scenario => scenario.Select(result => result.Rule).Distinct().Count() == CanaryRule.All.Count + 1);

    /// <summary>Absolute thresholds blame the canary for what both suffer.</summary>
    [Fact]
    public void An_outage_that_both_suffer_fools_fixed_thresholds_and_not_ours() =>
        Results.Where(result => result.Scenario.Outage > 0 && result.Rule.StartsWith("Argo", StringComparison.Ordinal))
            .ShouldAllBe(result => result.Stopped > 0.9);

    [Fact]
    public void The_same_seed_gives_the_same_table() => Run().ShouldBe(Results);

    private static IReadOnlyList<SelfTestResult> Run() =>
        new CanarySelfTest(new CanaryPolicy { MaximumRequests = int.MaxValue }, 40, 1).Run(CancellationToken.None);
}
