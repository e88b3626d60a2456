using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages.Tests;

namespace MlOpsBuild.Modeling.Tuning.Tests;

/// <summary>Trials of the sample that tells two classes, whose households stay together.</summary>
public sealed class ChurnTrialTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public void The_sample_says_what_may_be_searched() => Space().Ranges.Select(range => (range.Name, range.Describe())).ShouldBe(
        [("learning-rate", "0.01 to 0.3, by factors"), ("leaves", "2 to 32, by factors"), ("trees", "10 to 300, by factors")]);

    [Fact]
    public async Task A_trial_is_measured_on_households_that_it_has_not_seen()
    {
        var (data, pipeline) = (Customers(), Pipeline());

        var (result, _) = await _folder.RunAsync(new TrialStage(), new TrialInput(new(data, pipeline, 3), pipeline, 1));

        // Better than the shares of both classes, and of course not sure of anything.
        result.ByFold.Count.ShouldBe(3);
        result.ByFold.ShouldAllBe(loss => loss > 0.3 && loss < 0.65);
    }

    [Fact]
    public async Task On_a_share_of_the_rows_each_fold_has_fewer_and_keeps_what_it_validates()
    {
        var (data, pipeline) = (Customers(), Pipeline());
        var rows = new TuningRows(data, pipeline, 3);

        var (ninth, _) = await _folder.RunAsync(new TrialStage(), new TrialInput(rows, pipeline, 1.0 / 9));
        var (again, _) = await _folder.RunAsync(new TrialStage(), new TrialInput(rows, pipeline, 1.0 / 9));
        var (all, _) = await _folder.RunAsync(new TrialStage(), new TrialInput(rows, pipeline, 1));

        again.ByFold.ShouldBe(ninth.ByFold);
        ninth.ByFold.Average().ShouldBeGreaterThan(all.ByFold.Average());
    }

    /// <summary>One that was drawn is not more likely to be judged well: the same rows, whatever the trial's values.</summary>
    [Fact]
    public async Task All_trials_share_their_folds()
    {
        var (data, pipeline) = (Customers(), Pipeline());
        var rows = new TuningRows(data, pipeline, 3);

        var (first, second) = (await rows.ReadAsync(CancellationToken.None), await rows.ReadAsync(CancellationToken.None));

        second.Table.ShouldBeSameAs(first.Table);
        second.Folds.ShouldBeSameAs(first.Folds);
    }

    [Fact]
    public async Task A_trial_that_tells_other_classes_is_refused()
    {
        var pipeline = Pipeline();
        var rows = new TuningRows(Customers(), pipeline, 3);
        var other = pipeline with { Target = pipeline.Target with { Classes = new(["no", "yes"], 0.9) } };

        (await Should.ThrowAsync<UsageException>(() => _folder.RunAsync(new TrialStage(), new TrialInput(rows, other, 1))))
            .Findings[0].Value.ShouldBe("what is predicted");
    }

    /// <summary>A metric that more is better of is measured as it is; the search turns it round.</summary>
    [Fact]
    public async Task The_first_gates_metric_decides()
    {
        var pipeline = Pipeline();
        pipeline = pipeline with { Gates = [.. pipeline.Gates.Reverse()] };

        var (result, _) = await _folder.RunAsync(new TrialStage(), new TrialInput(new(Customers(), pipeline, 3), pipeline, 1));

        pipeline.Gates[0].Metric.Name.ShouldBe(Metrics.AreaUnderRoc.Name);
        result.ByFold.ShouldAllBe(area => area > 0.65 && area < 1);
    }

    [Fact]
    public async Task A_metric_without_a_value_is_no_value_and_not_a_bad_one()
    {
        var pipeline = Pipeline() with { HoldOut = new RandomShare(0.25, true) };
        pipeline = pipeline with { Gates = [pipeline.Gates[0] with { Metric = Metrics.PrecisionAt(0.999999) }] };

        var failure = await Should.ThrowAsync<StageFailedException>(() =>
            _folder.RunAsync(new TrialStage(), new TrialInput(new(Customers(), pipeline, 3), pipeline, 1)));

        (failure.Verdict, failure.Findings[0].Code).ShouldBe((Verdict.Inconclusive, "MLB2057"));
    }

    public void Dispose() => _folder.Dispose();

    private static PipelineSpec Pipeline() => new global::Pipelines.Churn().Specify(new Dictionary<string, string> { ["trees"] = "30" });

    private static SearchSpace Space() => new(new global::Pipelines.Churn(), new Dictionary<string, string>());

    private SnapshotFiles Customers() => new(
        ["customers.csv"],
        [_folder.Write("customers.csv", new global::Pipelines.CustomerSimulation { Customers = 1500 }.Write())]);
}
