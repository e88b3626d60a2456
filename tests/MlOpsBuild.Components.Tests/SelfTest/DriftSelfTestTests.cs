using MlOpsBuild.Components.SelfTest;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.TestKit.Data;

namespace MlOpsBuild.Components.SelfTest.Tests;

public sealed class DriftSelfTestTests
{
    private static readonly DataTable Table = MemoryFiles.Read(
        [("simulated.csv", DemandSimulator.Write(new() { Days = 420 }))], ContractReader.Of<global::Pipelines.BikeHour>(),
        CancellationToken.None).Table!;

    [Fact]
    public void Ours_keeps_its_promise_and_finds_what_moved_where_fixed_bounds_and_tests_of_rows_do_not()
    {
        var results = new DriftSelfTest(Table, 12, seed: 1).Run(new Progress<string>(), CancellationToken.None);

        results.Count.ShouldBe(DriftScenario.All.Count);
        results.Where(result => result.Scenario.Change == null).ShouldAllBe(result => result.Shares[0] <= 0.12);
        results.Where(result => result.Scenario.Change != null).ShouldAllBe(result => result.Shares[0] >= 0.7);
        results[0].Shares[1].ShouldBeGreaterThan(0.3, "a stability index of 0.1 for 50 rows is chance");
    }

    [Fact]
    public void The_same_seed_draws_the_same_samples() =>
        Once().ShouldBe(Once());

    private static List<double> Once() =>
        [.. new DriftSelfTest(Table, 2, seed: 7).Run(new Progress<string>(), CancellationToken.None).SelectMany(result => result.Shares)];
}
