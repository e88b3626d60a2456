using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class MonitorBuilderTests
{
    [Fact]
    public void What_is_not_said_keeps_its_default()
    {
        var policy = Specify(m => m.Margin(0.5));

        policy.ShouldBe(new() { LossMargin = 0.5, Watched = policy.Watched });
        (policy.Log, policy.Fresh, policy.FalseAlarm).ShouldBe((PredictionLogPolicy.Usual, null, 0.05));
    }

    [Fact]
    public void Everything_said_is_kept()
    {
        var policy = Specify(m => m
            .Log(share: 0.1).Hash(x => x.X).FalseAlarm(0.01).Window(TimeSpan.FromDays(7)).Fresh(within: TimeSpan.FromHours(2))
            .ViewSkew(atMost: 0.1).Watch(x => x.X, atLeast: 3).Watch(x => x.Day, atMost: 9));

        (policy.Log.SharePercent, policy.FalseAlarm, policy.Window, policy.Fresh)
            .ShouldBe((10, 0.01, TimeSpan.FromDays(7), TimeSpan.FromHours(2)));
        policy.ToleratedSkew.ShouldBe(0.1);
        policy.Log.Hashed.ShouldBe(["x"]);
        policy.Watched.ShouldBe([new("x", 3, null), new("Day", null, 9)]);
    }

    [Fact]
    public void What_cannot_be_is_told_with_the_definition()
    {
        (double Share, double Margin, double Alpha, double Days)[] wrong =
            [(1.1, 0.1, 0.1, 1), (-0.1, 0.1, 0.1, 1), (1, 0, 0.1, 1), (1, 0.1, 1, 1), (1, 0.1, 0, 1), (1, 0.1, 0.1, 0.5)];
        foreach (var (share, margin, alpha, days) in wrong)
        {
            Should.Throw<UsageException>(() => Specify(m => m
                    .Log(share).Margin(margin).FalseAlarm(alpha).Window(TimeSpan.FromDays(days)))).Findings.ShouldHaveSingleItem()
                .Expected!.ShouldStartWith(".Monitor");
        }
    }

    private static MonitorPolicy Specify(Action<MonitorBuilder<TestPipeline.Row>> monitor) => TestPipeline.Specify(pipeline =>
        TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X)).Monitor(monitor)).Monitoring;
}
