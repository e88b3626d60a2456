using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Maturity.Tests;

public sealed class TestScoreTests
{
    private static readonly MaturityFacts Nothing = new([], [], [], false);

    [Fact]
    public void There_are_four_times_seven_tests()
    {
        var score = TestScore.Of(Nothing);

        score.Tests.GroupBy(test => test.Section).Select(section => (section.Key, section.Count()))
            .ShouldBe([("data", 7), ("model", 7), ("infrastructure", 7), ("monitoring", 7)]);
        (score.Score, score.Meaning).ShouldBe((0, "more of a research project than a productionized system"));
        score.Tests.ShouldAllBe(test => test.Points == 0 && test.Evidence == null);
    }

    // The published scale.
    [Theory]
    [InlineData(0.5, "not totally untested")]
    [InlineData(1, "not totally untested")]
    [InlineData(2, "a first pass")]
    [InlineData(3, "reasonably tested")]
    [InlineData(5, "strong")]
    [InlineData(5.5, "exceptional")]
    public void The_score_is_the_least_of_the_sections_sums(double points, string meaning)
    {
        var score = new TestScore(
        [
            new("data", 1, "a", points, ""), new("model", 1, "b", 7, ""), new("infrastructure", 1, "c", points, ""),
            new("infrastructure", 2, "d", 1, ""), new("monitoring", 1, "e", 6, ""),
        ]);

        score.Score.ShouldBe(points);
        score.Meaning.ShouldStartWith(meaning);
    }

    [Fact]
    public void What_the_store_shows_counts_one_and_names_where_to_look()
    {
        var facts = Nothing with
        {
            Runs = [Run("r2", "m"), Run("r1", "m")], Deployments = [Example.Deployment with { Version = 1 }],
            Audit = [new(7, Example.Start, "ann", "rollback", "Demand/local", "rehearsal", [], Digest.Of(""))],
            Watched = [Watched(("loss", Verdict.Passed), ("skew", Verdict.Failed), ("requests", Verdict.Inconclusive))],
            SlicedReport = ".mlops/reports/r2",
        };

        TestScore.Of(facts).Tests.Where(test => test.Points > 0).Select(test => $"{test.Section} {test.Number}: {test.Evidence}").ShouldBe(
        [
            "data 1: run r2, 100 rows", "data 7: run r2: golden predictions", "model 2: Monitor of 2026-11-21, loss: Passed",
            "model 5: run r2: RMSE beats last week", "model 6: .mlops/reports/r2",
            $"infrastructure 1: runs r2 and r1 trained {Digest.Of("m").Abbreviated} twice",
            "infrastructure 3: run r2: golden predictions", "infrastructure 4: v1: the gates of run r2 passed before it served",
            .. Example.Deployment.Looks.Count > 0
                ? (string[])[$"infrastructure 6: deployment {Example.Deployment.Id}, {Example.Deployment.Looks.Count} looks"]
                : [],
            "infrastructure 7: audit entry 7", "monitoring 3: Monitor of 2026-11-21, skew: Failed",
            "monitoring 5: run r2: golden predictions",
            .. Example.Deployment.Looks.Count > 0
                ? (string[])[$"monitoring 6: deployment {Example.Deployment.Id}, {Example.Deployment.Looks.Count} looks"]
                : [],
            "monitoring 7: Monitor of 2026-11-21, loss: Passed",
        ]);
    }

    [Fact]
    public void What_people_declare_counts_half_where_the_store_shows_nothing()
    {
        var facts = Nothing with
        {
            Runs = [new() { Id = "r1", Pipeline = "Demand", Started = Example.Start, Rows = 10 }],
            Declarations =
            [
                new("data 1", "ann", new(2026, 11, 1), "by hand"), new("data 3", "ann", new(2026, 11, 2), "costs reviewed, see wiki"),
                new("data 8", "ann", new(2026, 11, 2), "no such test"),
            ],
        };

        TestScore.Of(facts).Tests.Where(test => test.Points > 0).Select(test => (test.Number, test.Points, test.Evidence))
            .ShouldBe([(1, 1, "run r1, 10 rows"), (3, 0.5, "ann, 2026-11-02: costs reviewed, see wiki")]);
    }

    [Fact]
    public void Training_that_gave_another_model_is_not_reproducible() =>
        TestScore.Of(Nothing with { Runs = [Run("r2", "m"), Run("r1", "other")] }).Tests
            .Single(test => test is { Section: "infrastructure", Number: 1 }).Points.ShouldBe(0);

    [Fact]
    public void Other_models_need_evidence_for_each_piece_of_a_level()
    {
        var onServer = Run("r1", "m") with
        {
            Machine = new Dictionary<string, string> { ["server"] = "GitHub" }, Triggers = ["Drift: data: x moved"],
        };

        OtherModel.Of(Nothing).Select(model => (model.Name, model.Highest, model.Supported))
            .ShouldBe([("Google", 2, 0), ("Microsoft", 4, 0)]);
        var seen = OtherModel.Of(Nothing with { Runs = [onServer] });
        seen.Select(model => model.Supported).ShouldBe([1, 2]);
        seen.Select(model => model.NextMissing!.Piece).ShouldBe(["models delivered by the pipeline", "delivery with an A/B comparison"]);
        OtherModel.Of(Nothing with
        {
            Runs = [onServer], Deployments = [Example.Deployment],
            Audit = [new(1, Example.Start, "ann", "monitor", "Demand/local", "", [], Digest.Of(""))],
        }).Select(model => (model.Supported, model.NextMissing)).ShouldBe([(2, null), (4, null)]);
    }

    private static RunRecord Run(string id, string model) => new()
    {
        Id = id, Pipeline = "Demand", Started = Example.Start, Rows = 100, Model = Digest.Of(model), Bundle = Digest.Of("b"), Version = 1,
        Data = Digest.Of("d"), Source = new("0123456789abcdef", "main", false),
        Gates = [Example.Gate("RMSE beats last week", Verdict.Passed)],
        Checks = [new("golden predictions", Verdict.Passed, "equal")],
        Stages = [new("train", Digest.Of("key"), false, null, 1, 1)],
    };

    private static MonitorResult Watched(params (string Name, Verdict Verdict)[] aspects) => new(
        "Demand", "local", 1, Example.Start.UtcDateTime, new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc), 1, 1,
        [.. aspects.Select(aspect => new MonitorAspect(aspect.Name, aspect.Verdict, ""))]);
}
