using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class RetrainBuilderTests
{
    [Fact]
    public void Without_a_policy_nothing_is_trained_by_itself() =>
        TestPipeline.Specify(pipeline => TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X))).Retraining.ShouldBeNull();

    [Fact]
    public void What_is_not_said_is_no_reason_and_nothing_promotes()
    {
        var policy = Specify(r => r.OnDrift());

        policy.ShouldBe(new() { OnDrift = true });
        (policy.Every, policy.LossRise, policy.RowGrowth, policy.Window, policy.Pause, policy.Promotes)
            .ShouldBe((null, null, null, null, TimeSpan.FromDays(1), false));
    }

    [Fact]
    public void Everything_said_is_kept() =>
        Specify(r => r
                .Every(TimeSpan.FromDays(30)).WhenLossRises(by: 0.05).WhenRowsGrow(by: 0.1).Window(TrainingWindow.Last(90))
                .Pause(TimeSpan.FromHours(6)).Promotes())
            .ShouldBe(new()
            {
                Every = TimeSpan.FromDays(30), LossRise = 0.05, RowGrowth = 0.1, Window = TrainingWindow.Last(90),
                Pause = TimeSpan.FromHours(6), Promotes = true,
            });

    [Fact]
    public void What_cannot_be_is_told_with_the_definition()
    {
        foreach (var wrong in new Action<RetrainBuilder>[]
        {
            r => r.Every(TimeSpan.Zero), r => r.WhenLossRises(by: 0), r => r.WhenRowsGrow(by: -0.1), r => r.Pause(TimeSpan.FromHours(-1)),
        })
        {
            Should.Throw<UsageException>(() => Specify(wrong)).Findings.ShouldHaveSingleItem().Expected!.ShouldStartWith(".Retrain");
        }
    }

    [Fact]
    public void A_window_that_no_training_could_have_is_refused() =>
        Should.Throw<UsageException>(() => Specify(r => r.Window(TrainingWindow.Last(0)))).Findings.ShouldHaveSingleItem()
            .What.ShouldBe("Not a training window");

    private static RetrainPolicy Specify(Action<RetrainBuilder> retrain) => TestPipeline.Specify(pipeline =>
        TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X)).Retrain(retrain)).Retraining!;
}
