using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Comparing.Tests;

public sealed class ComparisonComposerTests
{
    private const int Days = 40;
    private const int PerDay = 24;

    [Fact]
    public void What_is_better_beyond_chance_is_told_and_what_is_not_is_not()
    {
        var comparison = ComparisonComposer.Of("Demand", [Model("v1", 2, 1), Model("v2", 1, 2), Model("v3", 2, 3)]);

        comparison.Models[0].Differences.ShouldBeEmpty();
        Of(comparison.Models[1], "RMSE").Meaning.ShouldBe(DifferenceMeaning.Better);
        Of(comparison.Models[1], "R²").Meaning.ShouldBe(DifferenceMeaning.Better);
        Of(comparison.Models[2], "RMSE").Meaning.ShouldBe(DifferenceMeaning.NoEvidence);
        Of(comparison.Models[1], "RMSE").Value!.Value.ShouldBe(-1, 0.15);
    }

    [Fact]
    public void The_other_way_round_it_is_worse() =>
        Of(ComparisonComposer.Of("Demand", [Model("v2", 1, 2), Model("v1", 2, 1)]).Models[1], "MAE").Meaning
            .ShouldBe(DifferenceMeaning.Worse);

    /// <summary>Of many comparisons some look real by chance alone: the more there are, the wider each interval.</summary>
    [Fact]
    public void Intervals_hold_for_all_of_them_together()
    {
        var two = Of(ComparisonComposer.Of("Demand", [Model("v1", 2, 1), Model("v2", 1.9, 2)]).Models[1], "RMSE").Interval!;
        var many = Of(
            ComparisonComposer.Of("Demand", [Model("v1", 2, 1), Model("v2", 1.9, 2), Model("v3", 2, 3), Model("v4", 2, 4)]).Models[1],
            "RMSE").Interval!;

        (many.Upper - many.Lower).ShouldBeGreaterThan(two.Upper - two.Lower);
        two.Confidence.ShouldBe(1 - (0.05 / 4), 1e-12);
        many.Confidence.ShouldBe(1 - (0.05 / 12), 1e-12);
    }

    /// <summary>Models that are all alike: none is called better or worse more often than one time in twenty.</summary>
    [Fact]
    public void Alike_models_are_seldom_told_apart()
    {
        var found = Enumerable.Range(0, 60).Count(run => ComparisonComposer
            .Of("Demand", [.. Enumerable.Range(0, 3).Select(model => Model($"m{model}", 2, (ulong)((run * 3) + model + 100)))])
            .Models.SelectMany(model => model.Differences)
            .Any(difference => difference.Meaning is DifferenceMeaning.Better or DifferenceMeaning.Worse));

        (found / 60.0).ShouldBeLessThanOrEqualTo(0.05 + 0.06);
    }

    [Fact]
    public void Models_on_other_rows_are_not_compared()
    {
        var shorter = Model("v2", 1, 2);
        shorter = shorter with { Predictions = shorter.Predictions!.Part([.. Enumerable.Range(0, 240)]) };

        var comparison = ComparisonComposer.Of("Demand", [Model("v1", 2, 1), shorter, Model("v3", 1, 3) with { Predictions = null }]);

        comparison.Models.Skip(1).SelectMany(model => model.Differences)
            .ShouldAllBe(difference => difference.Meaning == DifferenceMeaning.NotComparable && difference.Value == null);
        new ComparisonReport(comparison).Words.ShouldBe(
        [
            "v2 and v1 were not judged on the same rows: their figures are not compared",
            "v3 and v1 were not judged on the same rows: their figures are not compared",
        ]);
    }

    [Fact]
    public void What_differs_in_how_they_were_made_is_told_by_its_name()
    {
        var first = Model("v1", 2, 1);
        var other = Model("v2", 1, 2) with
        {
            Run = first.Run with
            {
                Id = "run-2", Parameters = new Dictionary<string, string> { ["trees"] = "200" }, Data = Digest.Of("more"),
            },
        };

        ComparisonComposer.Of("Demand", [first, other]).Models[1].Changes.ShouldBe(["parameters trees 100 → 200", "data"]);
    }

    [Fact]
    public void Classes_are_compared_by_their_own_metrics()
    {
        var comparison = ComparisonComposer.Of("Churn", [Classes("v1", 0.1, 1), Classes("v2", 0.4, 2)]);

        Of(comparison.Models[1], "AUC").Meaning.ShouldBe(DifferenceMeaning.Better);
        comparison.Models[1].Differences.Select(difference => difference.Metric).ShouldContain("Brier");
    }

    [Fact]
    public void Tables_page_and_words_say_the_same()
    {
        var report = new ComparisonReport(ComparisonComposer.Of("Demand", [Model("v1", 2, 1), Model("v2", 1, 2)]));

        report.Metrics.Headers.ShouldBe(["metric", "v1", "v2"]);
        report.Metrics.Rows.Single(row => row[0] == "RMSE")[2].ShouldMatch(@"^\d\.\d+ \[.*\]; −\d\.\d+ \[.*\] better$");
        report.Models.Rows[0][1].ShouldBe("(the first)");
        report.Words.Single().ShouldStartWith("v2 is better than v1 by RMSE, MAE, R²");
        report.Charts.Count.ShouldBe(4);
        var html = report.Html();
        html.ShouldContain("<h1>Demand: v1, v2</h1>");
        html.ShouldContain("<svg");
        html.ShouldNotContain("<script");
    }

    private static ModelDifference Of(ComparedModel model, string metric) =>
        model.Differences.Single(difference => difference.Metric == metric);

    private static ComparisonInput Model(string name, double deviation, ulong seed)
    {
        var random = new SplitMix64(seed);
        double[] labels = [.. Enumerable.Range(0, Days * PerDay).Select(row => (double)(row % 17))];
        return Input(name, labels, [.. labels.Select(label => label + (deviation * random.NextNormal()))], null);
    }

    private static ComparisonInput Classes(string name, double skill, ulong seed)
    {
        var random = new SplitMix64(seed);
        double[] labels = [.. Enumerable.Range(0, Days * PerDay).Select(row => (double)(row % 2))];
        return Input(
            name, labels, [.. labels.Select(label => Math.Clamp(0.5 + (skill * (label - 0.5)) + (0.2 * random.NextNormal()), 0.01, 0.99))],
            new(["no", "yes"]));
    }

    private static ComparisonInput Input(string name, double[] labels, double[] said, ClassSet? classes)
    {
        var set = new PredictionSet(
            name, [.. Enumerable.Range(0, labels.Length).Select(row => row / PerDay)], labels, said, new Dictionary<string, double[]>())
        {
            Classes = classes,
        };
        return new(
            name,
            new()
            {
                Id = $"run-{name}", Pipeline = "Demand", Started = DateTimeOffset.UnixEpoch, Trainer = "trees", Data = Digest.Of("data"),
                Parameters = new Dictionary<string, string> { ["trees"] = "100" },
                Metrics = [.. Metrics.For(classes).Select(metric => metric.ValueOf(set) with { Interval = new(0, 9, 0.95) })],
            },
            set, null);
    }
}
