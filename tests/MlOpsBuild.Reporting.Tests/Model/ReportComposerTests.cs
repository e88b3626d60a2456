using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class ReportComposerTests
{
    [Theory]
    [InlineData(Verdict.Passed, "✅", "All 1 gates pass on 1,440 hold-out rows.")]
    [InlineData(Verdict.Failed, "❌", "Do not merge: RMSE at most 120 failed.")]
    [InlineData(Verdict.Inconclusive, "❔", "Not enough evidence: RMSE at most 120.")]
    [InlineData(Verdict.Error, "⚠️", "Could not be judged: RMSE at most 120.")]
    public void Each_verdict_has_its_sentence(Verdict verdict, string sign, string answer)
    {
        var report = ReportComposer.Compose(Example.Judged(Example.Gate("RMSE at most 120", verdict)));

        (report.Verdict, report.Sign, report.Answer).ShouldBe((verdict.ToString(), sign, answer));
    }

    [Fact]
    public void The_worst_deciding_gate_answers_and_names_its_equals_only()
    {
        var report = ReportComposer.Compose(Example.Judged(
            Example.Gate("a", Verdict.Passed), Example.Gate("b", Verdict.Failed), Example.Gate("c", Verdict.Inconclusive), Example.Gate("d", Verdict.Failed), Example.Gate("e", Verdict.Error, blocking: false)));

        report.Answer.ShouldBe("Do not merge: b; d failed.");
    }

    [Fact]
    public void Without_a_gate_nothing_is_passed() =>
        ReportComposer.Compose(Example.Judged()).Verdict.ShouldBe("Inconclusive");

    [Fact]
    public void A_gate_row_has_values_reference_and_difference_with_its_interval()
    {
        var gate = ReportComposer.Compose(Example.Input).Gates[1];

        (gate.Candidate, gate.Reference, gate.Difference).ShouldBe(("42.5", "43.7 (champion v1)", "−1.200 [−2.400, +0.100]"));
    }

    [Fact]
    public void Metrics_compare_the_candidate_first_then_the_champion_then_baselines()
    {
        var metrics = ReportComposer.Compose(Example.Input).Metrics;

        metrics.Headers.ShouldBe(["metric", "candidate", "champion", "same hour last week"]);
        metrics.Rows.ShouldBe([["RMSE", "42.5", "43.7", "80.0"], ["R²", "0.910", "0.900", "0.500"]]);
    }

    [Fact]
    public void Slices_show_what_there_is()
    {
        var slices = ReportComposer.Compose(Example.Input).Slices;

        slices.Any.ShouldBeTrue();
        slices.Rows.ShouldBe([["workingday = 1", "1,000", "RMSE", "40.1", "41.2", "[−2.000, +0.500]"], ["workingday = 0", "440", "RMSE", "45.0", "–", ""]]);
    }

    [Fact]
    public void A_deployment_tells_outcome_reason_and_its_last_look()
    {
        var report = ReportComposer.Compose(Example.Input);

        report.Deployment.ShouldBe("v2 on local: Promoted (no metric is worse by 2 times or more, after 300 canary requests)");
        report.Canary!.Rows[0].ShouldBe(["Error", "1 of 100", "2 of 101", "0.407", "3.0%"]);
        ReportComposer.Compose(Example.Input with { Deployment = null }).Canary.ShouldBeNull();
    }

    [Fact]
    public void Stages_say_whether_they_ran_and_how_long_they_take()
    {
        var stages = ReportComposer.Compose(Example.Input).Stages.Rows;

        stages.Select(stage => string.Join('|', stage.Take(3))).ShouldBe(["ingest|restored|1.50 s", "train|ran: first run|2.25 s"]);
    }

    [Fact]
    public void Lineage_leads_from_the_commit_to_the_bundle()
    {
        var lineage = ReportComposer.Compose(Example.Input).Lineage.Rows.ToDictionary(row => row[0], row => row[1]);

        lineage["commit"].ShouldBe("0123456789ab (main)");
        lineage["data"].ShouldBe($"hour.csv, 17,379 rows, {Digest.Of("data").Abbreviated}");
        lineage["bundle"].ShouldBe($"v2 {Digest.Of("bundle").Abbreviated}");
        (lineage["champion"], lineage["seed"], lineage["parameters"]).ShouldBe(("v1", "7", "l2=1"));
    }

    [Fact]
    public void A_run_that_knows_little_says_so()
    {
        var run = Example.Run with { Source = null, Model = null, Bundle = null, Version = null, Champion = null };

        var lineage = ReportComposer.Compose(Example.Input with { Run = run }).Lineage.Rows.ToDictionary(row => row[0], row => row[1]);

        (lineage["commit"], lineage["model"], lineage["bundle"], lineage["champion"]).ShouldBe(("no git repository", "–", "not packaged", "none"));
    }

    [Fact]
    public void The_command_to_reproduce_names_data_and_parameters()
    {
        ReportComposer.Compose(Example.Input).Reproduce.ShouldBe("./build.sh TestModel Report --pipeline BikeDemand --data hour.csv --set l2=1");
        ReportComposer.Compose(Example.Input with { Run = Example.Run with { Simulated = true, Parameters = new Dictionary<string, string>() } })
            .Reproduce.ShouldBe("./build.sh TestModel Report --pipeline BikeDemand");
    }

    [Fact]
    public void Simulated_data_stay_marked() =>
        ReportComposer.Compose(Example.Input with { Run = Example.Run with { Simulated = true } }).Simulated.ShouldBeTrue();

    [Theory]
    [InlineData(1234567, "1,234,567")]
    [InlineData(-1000, "-1,000")]
    [InlineData(42.55, "42.6")]
    [InlineData(0.12345, "0.123")]
    [InlineData(double.NaN, "–")]
    public void Numbers_have_as_many_digits_as_they_deserve(double value, string text) => ReportComposer.Number(value).ShouldBe(text);
}
