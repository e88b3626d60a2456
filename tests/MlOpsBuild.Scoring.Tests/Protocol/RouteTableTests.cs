namespace MlOpsBuild.Scoring.Protocol.Tests;

public sealed class RouteTableTests
{
    private static RouteChange Change { get; } =
        new("change", RouteChangeKind.Experiment, 1, 2, "tester", "a test", DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(0, true, false, 2, "experiment.percent")]
    [InlineData(100, true, false, 2, "experiment.percent")]
    [InlineData(50, false, false, 2, "experiment")]
    [InlineData(50, true, true, 2, "experiment")]
    [InlineData(50, true, false, 1, "experiment.treatment.port")]
    public void A_test_that_cannot_be_is_refused(double percent, bool hasBaseline, bool hasCanary, int port, string where)
    {
        var routes = new RouteTable
        {
            Baseline = hasBaseline ? new(1, 1) : null, Canary = hasCanary ? new(3, 3) : null, LeaseSeconds = 1, Change = Change,
            Experiment = Route(port, percent),
        };

        routes.Problems().ShouldHaveSingleItem().Where.ShouldBe(where);
    }

    [Fact]
    public void A_rollback_takes_the_test_away_with_its_version()
    {
        var routes = new RouteTable { Baseline = new(1, 1), Change = Change } with { Experiment = Route(2, 30) };

        (routes.PercentOf(new(1, 1)), routes.PercentOf(new(2, 2))).ShouldBe((70, 30));
        routes.WithoutTrial(Change).ShouldSatisfyAllConditions(
            left => left.Experiment.ShouldBeNull(), left => left.PercentOf(new(1, 1)).ShouldBe(100));
    }

    private static ExperimentRoute Route(int port, double percent) => new("test-1", new(2, port), percent, 7, "X-Unit-Id");
}
