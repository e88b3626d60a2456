using MlOpsBuild.Core;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

public sealed class RunFactsTests
{
    [Fact]
    public void The_ends_of_an_interval_are_metrics_of_their_own_and_what_has_no_value_is_none() =>
        RunFacts.Of(Sample.Run("r")).Metrics.ShouldBe(
        [
            new("RMSE", 41.5), new("RMSE.lower", 39.25), new("RMSE.upper", 43.75), new("R2", 0.9), new("stage.train.seconds", 2.5),
            new("stage.test.seconds", 0.5), new("answer.median.ms", 1.5), new("answer.p95.ms", 2.5), new("answer.p99.ms", 4.5),
            new("model.bytes", 8192),
        ]);

    [Fact]
    public void Parameters_of_the_pipeline_keep_their_names_and_ours_say_whose_they_are() =>
        RunFacts.Of(Sample.Run("r")).Parameters.ShouldBe(
        [
            new("trees", "200"), new("l2", "0.5"), new("mlops.trainer", "fast-tree trees=200"),
            new("mlops.features", "hour one-hot; temperature"), new("mlops.seed", "42"), new("mlops.data", "rentals.csv"),
            new("mlops.rows", "17379"),
        ]);

    [Fact]
    public void Tags_have_what_MLflows_page_knows_and_digests_of_all_that_went_in()
    {
        var tags = RunFacts.Of(Sample.Run("r")).Tags.ToDictionary();

        foreach (var (key, value) in new[]
        {
            ("mlflow.user", "ann"), ("mlflow.source.name", "./build.sh Train Deploy"), ("mlflow.source.type", "LOCAL"),
            ("mlflow.source.git.commit", "0123456789012345678901234567890123456789"), ("mlflow.source.git.branch", "main"),
            ("mlops.pipeline", "Demand"), ("mlops.verdict", "Passed"), ("mlops.git.dirty", "false"),
            ("mlops.data.digest", Sample.Data.ToString()), ("mlops.interval.confidence", "0.95"),
            ("mlops.undefined.AUC", "one class only"), ("mlops.machine.os", "Debian 13"),
        })
        {
            tags[key].ShouldBe(value);
        }

        tags.Keys.ShouldNotContain("mlops.simulated");
        tags.Keys.ShouldNotContain("mlops.bundle");
    }

    [Fact]
    public void On_a_build_server_it_is_a_job() =>
        RunFacts.Of(Sample.Run("r") with { Machine = new Dictionary<string, string> { ["server"] = "GitHub" } })
            .Tags.ShouldContain(new KeyValuePair<string, string>("mlflow.source.type", "JOB"));

    [Theory]
    [InlineData(Verdict.Passed, true, "FINISHED")]
    [InlineData(Verdict.Failed, true, "FAILED")]
    [InlineData(Verdict.Inconclusive, true, "FAILED")]
    [InlineData(null, true, "FINISHED")]
    [InlineData(null, false, "FAILED")]
    public void A_run_failed_when_a_gate_said_no_or_no_model_came_of_it(Verdict? verdict, bool trained, string expected)
    {
        var run = Sample.Run("r");
        RunFacts.Of(run with
        {
            Gates = verdict is { } judged ? [run.Gates[0] with { Verdict = judged }] : [], Model = trained ? run.Model : null,
        }).Status.ShouldBe(expected);
    }

    [Fact]
    public void A_run_that_was_to_make_no_model_finished_without_one() =>
        RunFacts.Of(Sample.Run("r") with { Gates = [], Model = null, Targets = ["ValidateData"] }).Status.ShouldBe("FINISHED");

    [Fact]
    public void It_ended_when_its_stages_had() => RunFacts.Of(Sample.Run("r")).Ended.ShouldBe(Sample.Start.AddSeconds(3));

    [Fact]
    public void What_is_longer_than_MLflow_keeps_is_cut()
    {
        var facts = RunFacts.Of(Sample.Run("r") with { Features = [new string('x', 9000)], Actor = new('y', 9000) });

        facts.Parameters.ToDictionary()["mlops.features"].ShouldBe(new string('x', 5999) + "…");
        facts.Tags.ToDictionary()["mlflow.user"].ShouldBe(new string('y', 4999) + "…");
    }

    [Fact]
    public void What_took_no_data_in_is_no_run_of_MLflow()
    {
        RunFacts.Has(Sample.Run("r")).ShouldBeTrue();
        RunFacts.Has(Sample.Run("r") with { Data = null }).ShouldBeFalse();
    }
}
