using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Baselines;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class ReportComposerTests
{
    [Theory]
    [InlineData(Verdict.Passed, "The gate passes on 1,440 hold-out rows.")]
    [InlineData(Verdict.Failed, "Do not merge: RMSE at most 120 failed.")]
    [InlineData(Verdict.Inconclusive, "Not enough evidence: RMSE at most 120.")]
    [InlineData(Verdict.Error, "Could not be judged: RMSE at most 120.")]
    public void Each_verdict_has_its_sentence(Verdict verdict, string answer)
    {
        var report = ReportComposer.Compose(Example.Judged(Example.Gate("RMSE at most 120", verdict)));

        (report.Verdict, report.Answer).ShouldBe((verdict, answer));
    }

    [Fact]
    public void The_worst_deciding_gate_answers_and_names_its_equals_only()
    {
        var report = ReportComposer.Compose(Example.Judged(
            Example.Gate("a", Verdict.Passed), Example.Gate("b", Verdict.Failed), Example.Gate("c", Verdict.Inconclusive),
            Example.Gate("d", Verdict.Failed), Example.Gate("e", Verdict.Error, blocking: false)));

        report.Answer.ShouldBe("Do not merge: b; d failed.");
    }

    [Fact]
    public void Without_a_gate_nothing_is_passed() =>
        ReportComposer.Compose(Example.Judged()).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_gate_row_knows_which_way_is_better_and_what_champion_and_merge_base_have()
    {
        var there = Example.Run with { Id = "earlier", Metrics = [new("RMSE", 43, Direction.LowerIsBetter, 1440)] };
        var baseline = new ChangeBaseline("c0ffee", "main", there, null, null);

        var gate = ReportComposer.Compose(Example.Input with { Baseline = baseline }).Gates[1];

        (gate.Direction, gate.Candidate, gate.Champion, gate.MergeBase, gate.Reference)
            .ShouldBe((Direction.LowerIsBetter, 42.5, 43.7, 43, 43.7));
        gate.Difference.ShouldBe(new Interval(-2.4, 0.1, 0.95));
    }

    [Theory]
    [InlineData("RMSE", -2, -0.5, SliceMove.Better)]
    [InlineData("RMSE", 0.5, 2, SliceMove.Worse)]
    [InlineData("RMSE", -2, 0.5, SliceMove.NotMoved)]
    [InlineData("R²", -2, -0.5, SliceMove.Worse)]
    [InlineData("R²", 0.5, 2, SliceMove.Better)]
    public void A_slice_moved_when_its_interval_leaves_zero_on_the_side_that_its_metric_says(
        string metric, double lower, double upper, SliceMove move)
    {
        var evidence = Example.Evidence with { Slices = [new("workingday", 1, 1000, metric, 1, 2, new(lower, upper, 0.95))] };

        ReportComposer.Compose(Example.Input with { Evidence = evidence }).Slices.Single().Move.ShouldBe(move);
    }

    [Fact]
    public void A_slice_of_personal_data_is_not_in_the_report()
    {
        var evidence = Example.Evidence with { Slices = [.. Example.Evidence.Slices, new("age", 44, 10, "RMSE", 1, 2, new(-2, -1, 0.95))] };

        var report = ReportComposer.Compose(Example.Input with { Evidence = evidence });

        report.Slices.Select(slice => slice.Column).ShouldBe(["workingday", "workingday", "season"]);
        report.PersonalColumns.ShouldBe(1);
        Encoding.UTF8.GetString(CanonicalJson.Serialize(report)).ShouldNotContain("\"age\"");
    }

    [Fact]
    public void Where_the_contract_is_not_known_no_column_is_shown()
    {
        var report = ReportComposer.Compose(Example.Input with { Contract = null });

        report.Slices.ShouldBeEmpty();
        report.PersonalColumns.ShouldBeNull();
        report.Charts.ShouldNotContain(chart => chart.Title.StartsWith("Hold-out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slice_of_a_category_bears_its_name()
    {
        var evidence = Example.Evidence with { Slices = [new("sky", 1, 10, "RMSE", 1, 2, null)] };

        ReportComposer.Compose(Example.Input with { Evidence = evidence }).Slices.Single().Value.ShouldBe("rain");
    }

    [Fact]
    public void Training_costs_what_it_cost_when_the_model_was_made()
    {
        var restored = Example.Run with
        {
            Stages = [new("train", Digest.Of("train"), true, null, 0.01, 41)], ModelBytes = 2048, AnswerTimes = new(100, 1.5, 2, 3)
        };

        var cost = ReportComposer.Compose(Example.Input with { Run = restored, Champion = Example.Bare with { ModelBytes = 1024 } }).Cost;

        cost.ShouldBe(
        [
            new("training", "s", 41, 2.25), new("model", "bytes", 2048, 1024), new("median answer", "ms", 1.5, null),
            new("99 % of answers within", "ms", 3, null)
        ]);
    }

    [Fact]
    public void Lineage_leads_from_the_commit_to_the_bundle()
    {
        var lineage = ReportComposer.Compose(Example.Input).Lineage.ToDictionary(fact => fact.What, fact => fact.Value);

        lineage["commit"].ShouldBe("0123456789ab (main)");
        lineage["data"].ShouldBe($"hour.csv, 17,379 rows, {Digest.Of("data").Abbreviated}");
        lineage["bundle"].ShouldBe($"v2 {Digest.Of("bundle").Abbreviated}");
        (lineage["champion"], lineage["seed"], lineage["parameters"])
            .ShouldBe(($"v1, run {Example.Champion.Id}, commit 0123456789ab", "7", "l2=1"));
    }

    [Fact]
    public void A_run_that_knows_little_says_so()
    {
        var run = Example.Run with { Source = null, Model = null, Bundle = null, Version = null, Champion = null };

        var lineage = ReportComposer.Compose(Example.Input with { Run = run }).Lineage.ToDictionary(fact => fact.What, fact => fact.Value);

        (lineage["commit"], lineage["model"], lineage["bundle"], lineage["champion"])
            .ShouldBe(("no git repository", "–", "not packaged", "none"));
    }

    [Fact]
    public void The_command_to_reproduce_names_data_and_parameters()
    {
        ReportComposer.Compose(Example.Input)
            .Reproduce.ShouldBe("./build.sh TestModel Report --pipeline BikeDemand --data hour.csv --set l2=1");
        ReportComposer
            .Compose(Example.Input with { Run = Example.Run with { Simulated = true, Parameters = new Dictionary<string, string>() } })
            .Reproduce.ShouldBe("./build.sh TestModel Report --pipeline BikeDemand");
    }

    [Fact]
    public void On_a_code_host_the_line_fetches_the_commit_first_and_lineage_has_links()
    {
        var report = ReportComposer.Compose(Example.Input with
        {
            Repository = new("https://host.example/team/bikes"), RunPage = new("https://host.example/run/7"), Champion = Example.Run
        });

        report.Reproduce.ShouldStartWith(
            $"git fetch origin {Example.Run.Source!.Commit} && git checkout {Example.Run.Source.Commit} && ./build.sh TestModel Report");
        report.Lineage.Where(fact => fact.Link != null).Select(fact => $"{fact.What} {fact.Link}").ShouldBe(
            [
                "run https://host.example/run/7", $"commit https://host.example/team/bikes/commit/{Example.Run.Source.Commit}",
                $"champion https://host.example/team/bikes/commit/{Example.Run.Source.Commit}"
            ]);
    }

    [Fact]
    public void Simulated_data_stay_marked() =>
        ReportComposer.Compose(Example.Input with { Run = Example.Run with { Simulated = true } }).Simulated.ShouldBeTrue();
}
