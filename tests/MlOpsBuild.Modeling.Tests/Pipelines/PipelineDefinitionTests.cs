using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class PipelineDefinitionTests
{
    [Fact]
    public void A_complete_definition_becomes_its_specification()
    {
        var spec = TestPipeline.Specify(p => TestPipeline.Complete(p)
            .Target(TargetTransform.Log1p)
            .Seed(9)
            .Slice(x => x.Month)
            .Canary(c => c.Steps(10).FalseAlarm(0.01))
            .Features(f => f.Number(x => x.X).Cross(x => x.Month, x => x.X).Calendar(x => x.Day)));

        spec.Name.ShouldBe("Sample");
        spec.Contract.Label.Name.ShouldBe("Value");
        spec.Source.Pattern.ShouldBe("*.csv");
        spec.HoldOut.ShouldBe(new Splitting.LastDays(14));
        spec.Target.ShouldBe(new(TargetTransform.Log1p));
        spec.Seed.ShouldBe(9);
        spec.Slices.ShouldBe(["Month"]);
        spec.Features.ShouldBe(
            [
                new NumberFeature("x"), new CrossFeature("Month", "x"), new CalendarFeature("Day", DatePart.Month),
                new CalendarFeature("Day", DatePart.Weekday)
            ]);
        spec.Gates.ShouldHaveSingleItem().Bound.ShouldBe(3);
        spec.Canary.Steps.ShouldBe([10]);
        spec.Canary.FalseAlarm.ShouldBe(0.01);
        spec.Trainer.ShouldBe(Trainers.Linear(1));
    }

    [Fact]
    public void All_missing_parts_and_unknown_settings_are_reported_at_once()
    {
        var failure = Should.Throw<UsageException>(() => TestPipeline.Specify(_ => { }, ("l3", "1")));

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        failure.Summary.ShouldContain("Sample");
        var parts = failure.Findings.Take(6).Select(finding => finding.Expected!).ToList();
        parts.Select(part => part[..part.IndexOf('(', StringComparison.Ordinal)])
            .ShouldBe([".Data", ".HoldOut", ".Train", ".Gate", ".Features", ".Predict"]);
        failure.Findings[6].Where.ShouldBe("--set l3");
        failure.Findings.Count.ShouldBe(7);
    }

    [Fact]
    public void Only_the_label_can_be_predicted() =>
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Predict(x => x.X, LearningTask.Regression))
            .ShouldHaveSingleItem().Expected!.ShouldContain("Value");

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(-48)]
    public void Less_than_a_day_cannot_be_held_out(int hours) =>
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).HoldOut(TimeSpan.FromHours(hours)))
            .ShouldHaveSingleItem().Expected!.ShouldStartWith(".HoldOut");

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(51)]
    [InlineData(25, 5)]
    public void Canary_steps_ascend_and_end_at_half(params int[] steps) =>
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Canary(c => c.Steps(steps)))
            .ShouldHaveSingleItem().Expected!.ShouldStartWith(".Canary");

    [Fact]
    public void A_budget_is_kept_and_is_above_nothing()
    {
        var spec = TestPipeline.Specify(p => TestPipeline.Complete(p)
            .Features(f => f.Number(x => x.X))
            .Budget(b => b.P99(TimeSpan.FromMilliseconds(20)).Memory(128).Start(TimeSpan.FromSeconds(2)).Image(150)));

        spec.Budget.ShouldBe(
            new() { P99 = TimeSpan.FromMilliseconds(20), MemoryMebibytes = 128, Start = TimeSpan.FromSeconds(2), ImageMegabytes = 150 });
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Budget(b => b.Memory(0)))
            .ShouldHaveSingleItem()
            .Expected!.ShouldStartWith(".Budget");
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).Budget(b => b.P99(TimeSpan.Zero)))
            .ShouldHaveSingleItem()
            .Expected!.ShouldStartWith(".Budget");
    }

    [Fact]
    public void What_jobs_need_is_kept_and_is_in_no_key()
    {
        var usual = TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)));
        var spec = TestPipeline.Specify(p => TestPipeline.Complete(p)
            .Features(f => f.Number(x => x.X))
            .Jobs(j => j.Processors("2", limit: "4").Memory("8Gi").Gpus(1).OnNodes("pool", "gpu").OnNodes("zone", "a")
                .Tolerates("nvidia.com/gpu").Retries(0).Deadline(TimeSpan.FromHours(1))));

        var jobs = spec.Jobs;
        (jobs.Processors, jobs.ProcessorLimit, jobs.Memory, jobs.Gpus, jobs.GpuResource, jobs.Retries, jobs.Deadline)
            .ShouldBe(("2", "4", "8Gi", 1, "nvidia.com/gpu", 0, TimeSpan.FromHours(1)));
        jobs.Nodes.ShouldBe([new("pool", "gpu"), new("zone", "a")]);
        jobs.Tolerated.ShouldBe(["nvidia.com/gpu"]);
        var data = new Data.Stages.SnapshotFiles([], []);
        new Stages.TrainStage().Key(new(data, spec)).ShouldBe(new Stages.TrainStage().Key(new(data, usual)));
    }

    [Fact]
    public void A_pipeline_whose_only_gate_needs_a_champion_can_never_have_one_and_is_told_so() =>
        Findings(p => TestPipeline.Complete(p, g => g.NotWorseThanChampion(0.02)).Features(f => f.Number(x => x.X)))
            .ShouldHaveSingleItem()
            .What.ShouldBe("There can never be a first version");

    [Fact]
    public void A_hold_out_too_short_for_an_interval_is_told_when_the_pipeline_is_defined() =>
        Findings(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)).HoldOut(TimeSpan.FromDays(8)))
            .ShouldHaveSingleItem()
            .What.ShouldBe("The hold-out is too short for any gate");

    [Fact]
    public void The_same_definition_gives_the_same_bytes()
    {
        CanonicalJson.Serialize(Specify()).ShouldBe(CanonicalJson.Serialize(Specify()));

        static PipelineSpec Specify() => TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X)));
    }

    [Fact]
    public void Gates_keep_what_was_asked_for()
    {
        var gate = TestPipeline.Specify(p => TestPipeline.Complete(p).Features(f => f.Number(x => x.X))
            .Gate(Metrics.RSquared, g => g.AtLeast(0.5).Beats(Baseline.TrainingMean, forCertain: false).NotWorseThanChampion(0.03))).Gates[
                1];

        gate.Metric.ShouldBe(Metrics.RSquared);
        gate.Bound.ShouldBe(0.5);
        gate.Baseline.ShouldBe(Baseline.TrainingMean);
        gate.BaselineForCertain.ShouldBeFalse();
        gate.ChampionMargin.ShouldBe(0.03);
    }

    private static IReadOnlyList<Finding> Findings(Action<PipelineDefinition<TestPipeline.Row>> define) =>
        Should.Throw<UsageException>(() => TestPipeline.Specify(define)).Findings;
}
