using MlOpsBuild.Core;
using MlOpsBuild.Data.Differences;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Pages.Tests;

public sealed class PageComposerTests
{
    [Theory]
    [InlineData(Verdict.Passed, "✅")]
    [InlineData(Verdict.Failed, "❌")]
    [InlineData(Verdict.Inconclusive, "❓")]
    [InlineData(Verdict.Error, "⚠️")]
    public void Each_verdict_has_its_sign(Verdict verdict, string sign) =>
        Page(Example.Judged(Example.Gate("RMSE at most 120", verdict))).Sign.ShouldBe(sign);

    [Fact]
    public void A_row_that_decides_nothing_has_no_sign_of_a_verdict()
    {
        var gate =
            Page(Example.Judged(Example.Gate("RMSE", Verdict.Passed), Example.Gate("informs", Verdict.Passed, blocking: false))).Gates[1];

        (gate.Sign, gate.Verdict).ShouldBe(("–", "Informs"));
    }

    [Fact]
    public void Pictures_are_drawn_only_where_they_are_shown() =>
        PageComposer.Of(ReportComposer.Compose(Example.Input), pictures: false)
            .Charts.ShouldAllBe(chart => chart.Svg.Length == 0 && chart.Text.Length > 0);

    [Fact]
    public void A_gate_row_has_values_reference_and_difference_with_its_interval()
    {
        var gate = Page(Example.Input).Gates[1];

        (gate.Direction, gate.Candidate, gate.Reference, gate.Difference, gate.Champion)
            .ShouldBe(("↓", "42.5", "43.7 (champion v1)", "−1.200 [−2.400, +0.100]", "43.7"));
    }

    [Fact]
    public void Metrics_compare_the_candidate_first_then_the_champion_then_baselines()
    {
        var metrics = Page(Example.Input).Metrics;

        metrics.Headers.ShouldBe(["metric", "candidate", "champion", "same hour last week"]);
        metrics.Rows.ShouldBe([["RMSE", "42.5 [40.1, 45.2]", "43.7", "80.0"], ["R²", "0.910", "0.900", "0.500"]]);
    }

    [Fact]
    public void Slices_show_what_there_is_and_those_that_moved_first()
    {
        var slices = Page(Example.Input).Slices;

        slices.Any.ShouldBeTrue();
        slices.Rows.ShouldBe(
        [
            ["season = 4", "720", "RMSE", "39.0", "42.0", "−3.000 [−4.000, −2.000]", "better"],
            ["workingday = 1", "1,000", "RMSE", "40.1", "41.2", "−1.100 [−2.000, +0.500]", ""],
            ["workingday = 0", "440", "RMSE", "45.0", "–", "", ""],
        ]);
    }

    [Fact]
    public void A_deployment_tells_outcome_reason_and_its_last_look()
    {
        var page = Page(Example.Input);

        page.Deployment.ShouldBe(
            "v2 on local: promoted (not worse by more than 10%: mean loss 1771 against 1814 on 300 requests that both answered, e-value 22.1)");
        page.Canary!.Rows.Take(3).Select(row => string.Join('|', row)).ShouldBe(
            [
                "mean loss, 300 pairs|1,771|1,814|0.407|36.6|", "bias (shown, not judged)|−0.500|+2.250|||",
                "error|1 of 100|2 of 101|0.407|4.48|3.0%"
            ]);
        page.Canary.Rows.Single(row => row[0] == "median answer, ms")[^1].ShouldBe("ratio 1.07 [1.02, 1.12]");
        Page(Example.Input with { Deployment = null }).Canary.ShouldBeNull();
    }

    [Fact]
    public void Stages_say_whether_they_ran_and_how_long_they_take() =>
        Page(Example.Input).Stages.Rows.Select(stage => string.Join('|', stage.Take(3)))
            .ShouldBe(["ingest|restored|1.50 s", "train|ran: first run|2.25 s"]);

    [Fact]
    public void The_first_screen_sums_up_slices_data_tests_and_cost()
    {
        var page = Page(Example.Input);
        var lines = page.Summary.ToDictionary(line => line.What, line => line.Text);

        page.First.Single(line => line.What == "Slices").Text.ShouldBe("1 of 2 figures moved: RMSE better where season = 4 (39.0, champion 42.0)");
        lines["Data"].ShouldBe(
            "17,379 rows (+744 since champion v1), 1 change of the contract, drift in 1 of 2 columns: temp (0.310), 1 not compared: weather");
        lines["Behaviour"].ShouldBe("2 of 2 tests passed (golden predictions, wrong input)");
        lines["Cost"].ShouldBe(
            "training 2.250 s (champion 2.000), model 2,048 bytes, median answer 1.500 ms (champion 1.200), 99 % of answers within 3.000 ms (champion 2.600)");
    }

    [Fact]
    public void The_very_same_data_are_said_in_one_line_and_other_data_without_a_profile_are_said_too()
    {
        Page(Example.Input with { Data = new("champion v1", true, null) })
            .Summary.Single(line => line.What == "Data")
            .Text.ShouldBe("the same as champion v1's (17,379 rows)");
        Page(Example.Input with { Data = new("champion v1", false, null) })
            .Summary.Single(line => line.What == "Data")
            .Text.ShouldBe("other than champion v1's, whose profile is not known here");
        Page(Example.Input with { Data = null }).Summary.ShouldNotContain(line => line.What == "Data");
    }

    [Fact]
    public void A_drift_that_was_not_measured_is_not_said_to_be_none() =>
        Page(Example.Input with { Data = new("champion v1", false, new DataDifference(10, 10, [], [], [])) })
            .Summary.Single(line => line.What == "Data")
            .Text.ShouldEndWith("drift not known");

    [Fact]
    public void A_link_that_is_no_page_is_no_link()
    {
        var report = ReportComposer.Compose(Example.Input) with
        {
            Lineage = [new("a", "x", new("javascript:alert(1)")), new("b", "y", new("https://host.example/a b"))]
        };

        PageComposer.Of(report).Lineage.Select(row => row.Link).ShouldBe([null, "https://host.example/a%20b"]);
    }

    [Fact]
    public void Charts_as_Mermaid_stay_together_below_what_hosts_draw() =>
        Page(Example.Input).Charts.Sum(chart => chart.Mermaid?.Length ?? 0).ShouldBeInRange(1, 2_000);

    private static ReportPage Page(ReportInput input) => PageComposer.Of(ReportComposer.Compose(input));
}
