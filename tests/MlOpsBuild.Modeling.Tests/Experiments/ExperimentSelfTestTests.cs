namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ExperimentSelfTestTests
{
    private const int Looks = 10;

    // What a few hundred users of a small arm, most of whom buy nothing, are away from the limit of many.
    private const double Skew = 0.04;

    [Fact]
    public void Promises_are_kept_on_simulated_users() => Check(runs: 200);

    [Fact]
    [Trait("Category", "Nightly")]
    public void Promises_are_kept_on_many_simulated_users() => Check(runs: 2000);

    [Fact]
    public void The_same_seed_gives_the_same_figures() =>
        new ExperimentSelfTest(20, 3, 9).Run(CancellationToken.None)
            .ShouldBe(new ExperimentSelfTest(20, 3, 9).Run(CancellationToken.None));

    // Four standard errors of a share: one of the claims fails by chance once in ten thousand.
    private static void Check(int runs)
    {
        var results = new ExperimentSelfTest(runs, Looks, seed: 1).Run(CancellationToken.None);
        double Off(double share) => 4 * Math.Sqrt(share * (1 - share) / runs);

        results.Count.ShouldBe(3 * ExperimentScenario.All.Count);
        foreach (var result in results.Where(result => result.Rule != ExperimentSelfTest.Peeking))
        {
            var what = $"{result.Scenario.Name}, {result.Rule}";
            result.FalseAlarms.ShouldBeLessThan(0.05 + Off(0.05), what);
            result.Covered.ShouldBeGreaterThan(0.95 - Skew - Off(0.05), what);
            result.Seen.ShouldBeGreaterThan(0.8 - Off(0.2), what);
        }

        foreach (var result in results.Where(result => result.Rule == ExperimentSelfTest.OneLook))
        {
            result.FalseAlarms.ShouldBe(0.05, Off(0.05), result.Scenario.Name);
            result.Seen.ShouldBe(0.8, Off(0.2) + Skew, result.Scenario.Name);
        }

        // Armitage, McPherson and Rowe 1969: 19.3 % at ten looks of equal distance.
        foreach (var result in results.Where(result => result.Rule == ExperimentSelfTest.Peeking))
        {
            result.FalseAlarms.ShouldBe(0.193, Off(0.193) + 0.01, result.Scenario.Name);
        }

        foreach (var result in results.Where(result => result.Scenario.Correlation != null && result.Rule != ExperimentSelfTest.Peeking))
        {
            result.VarianceLeft.ShouldBe(1 - (result.Scenario.Correlation!.Value * result.Scenario.Correlation.Value), 0.02);
        }
    }
}
