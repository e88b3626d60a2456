using MlOpsBuild.Delivery.Statistics;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;
using Xunit.Abstractions;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Two hundred whole canaries of a version against itself, and of bad ones, through the real controller.</summary>
public sealed class CanaryFalseAlarmTests(ITestOutputHelper output)
{
    private const int Canaries = 200;
    private const double Alpha = 0.05;

    [Fact]
    public async Task A_version_against_itself_is_rolled_back_within_alpha()
    {
        var decisions = await RunAsync(static (_, kind) => Usual(kind));

        var falseAlarms = decisions.Count(decision => decision == CanaryDecision.Rollback);
        var bound = RateBound.Upper(falseAlarms, Canaries, Alpha);
        output.WriteLine($"{falseAlarms} false rollbacks in {Canaries} A/A canaries: exact 95 % upper bound {bound:0.00%}, asked for at most {Alpha:0%}");
        output.WriteLine(string.Join(", ", decisions.GroupBy(decision => decision).Select(group => $"{group.Key} {group.Count()}")));
        bound.ShouldBeLessThanOrEqualTo(Alpha);
        decisions.Count(decision => decision == CanaryDecision.Promote).ShouldBeGreaterThan(Canaries / 2);
    }

    [Theory]
    [InlineData(BadEvent.Error, 0.05)]
    [InlineData(BadEvent.Slow, 0.2)]
    [InlineData(BadEvent.TooHigh, 0.5)]
    public async Task A_version_that_is_far_worse_is_rolled_back_every_time(BadEvent worse, double rate)
    {
        var decisions = await RunAsync((arm, kind) => arm == TrafficArm.Canary && kind == worse ? rate : Usual(kind));

        decisions.ShouldAllBe(decision => decision == CanaryDecision.Rollback);
    }

    [Fact]
    public async Task A_version_at_the_margin_is_promoted_within_beta()
    {
        var decisions = await RunAsync((arm, kind) => arm == TrafficArm.Canary && kind == BadEvent.TooLow ? 2 * Usual(kind) : Usual(kind));

        decisions.Count(decision => decision == CanaryDecision.Promote).ShouldBeLessThanOrEqualTo(20);
    }

    private static double Usual(BadEvent kind) => kind switch
    {
        BadEvent.Slow => 0.005,
        BadEvent.TooHigh or BadEvent.TooLow => 0.1,
        _ => 0,
    };

    private static async Task<List<CanaryDecision>> RunAsync(Func<TrafficArm, BadEvent, double> rate)
    {
        var decisions = new List<CanaryDecision>();
        for (var seed = 0; seed < Canaries; seed++)
        {
            var controller = new CanaryController(new CanaryPolicy { FalseAlarm = Alpha }, new FakeTraffic((ulong)seed, 200) { Rate = rate }, new ManualTime());
            decisions.Add((await controller.RunAsync(new SeenLooks(), CancellationToken.None)).Decision);
        }

        return decisions;
    }
}
