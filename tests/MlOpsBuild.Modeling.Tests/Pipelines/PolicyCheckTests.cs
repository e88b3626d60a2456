using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class PolicyCheckTests
{
    private static readonly JobPolicy Jobs = new();

    [Fact]
    public void What_is_usual_lacks_nothing() => PolicyCheck.Lacking(new(), new(), new(), null, Jobs).ShouldBeEmpty();

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(25, 5)]
    public void A_canary_goes_up_and_to_half_at_most(params int[] steps) =>
        PolicyCheck.Lacking(new() { Steps = steps }, new(), new(), null, Jobs).ShouldHaveSingleItem().ShouldStartWith(".Canary(");

    [Fact]
    public void A_budget_is_above_nothing()
    {
        ServingBudget[] none =
        [
            new() { MemoryMebibytes = 0 }, new() { ImageMegabytes = -1 }, new() { P99 = TimeSpan.Zero },
            new() { Start = -TimeSpan.FromSeconds(1) },
        ];

        none.ShouldAllBe(budget => PolicyCheck.Lacking(new(), budget, new(), null, Jobs).Single() == ".Budget(b => …) above 0");
    }

    [Fact]
    public void Monitoring_has_a_margin_a_window_and_a_chance()
    {
        MonitorPolicy[] wrong =
        [
            new() { LossMargin = 0 }, new() { FalseAlarm = 1 }, new() { Window = TimeSpan.FromHours(23) }, new() { Fresh = TimeSpan.Zero },
            new() { Log = PredictionLogPolicy.Usual with { SharePercent = 101 } },
            new() { ToleratedSkew = 0 }, new() { ToleratedSkew = 1 },
        ];

        wrong.ShouldAllBe(policy => PolicyCheck.Lacking(new(), new(), policy, null, Jobs).Single().StartsWith(".Monitor("));
    }

    [Fact]
    public void Retraining_has_times_and_parts_above_nothing()
    {
        RetrainPolicy[] wrong =
        [
            new() { Every = TimeSpan.Zero }, new() { LossRise = 0 }, new() { RowGrowth = -1 }, new() { Pause = -TimeSpan.FromDays(1) },
        ];

        wrong.ShouldAllBe(policy => PolicyCheck.Lacking(new(), new(), new(), policy, Jobs).Single().StartsWith(".Retrain("));
    }

    [Fact]
    public void Jobs_ask_for_amounts_that_a_cluster_can_give()
    {
        JobPolicy[] wrong =
        [
            new() { Processors = "two" }, new() { ProcessorLimit = "-1" }, new() { Memory = "8 GB" }, new() { Memory = "" },
            new() { Gpus = -1 }, new() { Retries = -1 }, new() { Deadline = TimeSpan.Zero }, new() { Tolerated = [" "] },
            new() { Nodes = new Dictionary<string, string> { [""] = "gpu" } },
        ];

        wrong.ShouldAllBe(jobs => PolicyCheck.Lacking(new(), new(), new(), null, jobs).Single().StartsWith(".Jobs("));
        foreach (var amount in new[] { "1", "0.5", "500m", "8Gi", "128Mi", "1G" })
        {
            PolicyCheck.Lacking(new(), new(), new(), null, new() { Processors = amount, Memory = amount }).ShouldBeEmpty(amount);
        }
    }

    [Fact]
    public void All_that_is_lacking_is_told_at_once() =>
        PolicyCheck
            .Lacking(new() { Steps = [] }, new() { P99 = TimeSpan.Zero }, new() { LossMargin = 0 }, new() { LossRise = 0 }, Jobs)
            .Count()
            .ShouldBe(4);
}
