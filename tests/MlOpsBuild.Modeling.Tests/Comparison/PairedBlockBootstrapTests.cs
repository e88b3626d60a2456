using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Comparison.Tests;

public sealed class PairedBlockBootstrapTests
{
    private static readonly PredictionSet Rough = Sample.Predictions("rough", 30, 24, row => (row * 31 % 17) - 8);
    private static readonly PredictionSet Fine = Sample.Predictions("fine", 30, 24, row => (row * 13 % 5) - 2);

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var interval = Difference(Rough, Fine, seed: 1);

        Difference(Rough, Fine, seed: 1).ShouldBe(interval);
        Difference(Rough, Fine, seed: 2).ShouldNotBe(interval);
        Difference(Rough, Fine, seed: -1).ShouldNotBe(interval);
    }

    [Fact]
    public void Identical_predictions_differ_by_nothing()
    {
        foreach (var metric in Metrics.For(null))
        {
            PairedBlockBootstrap.Difference(metric, Rough, Rough with { Predictor = "copy" }, 0.95, 1).ShouldBe(new(0, 0, 0.95));
        }
    }

    [Fact]
    public void The_difference_is_candidate_minus_reference()
    {
        var worse = Difference(Rough, Fine)!;
        var better = Difference(Fine, Rough)!;

        worse.Lower.ShouldBeGreaterThan(0);
        better.Upper.ShouldBe(-worse.Lower, 1e-12);
        better.Lower.ShouldBe(-worse.Upper, 1e-12);
    }

    [Fact]
    public void The_interval_contains_the_difference_and_grows_with_confidence()
    {
        var point = Metrics.Rmse.Of(Rough) - Metrics.Rmse.Of(Fine);
        var narrow = Difference(Rough, Fine, confidence: 0.5)!;
        var wide = Difference(Rough, Fine, confidence: 0.99)!;

        point.ShouldBeInRange(narrow.Lower, narrow.Upper);
        wide.Lower.ShouldBeLessThan(narrow.Lower);
        wide.Upper.ShouldBeGreaterThan(narrow.Upper);
        wide.Confidence.ShouldBe(0.99);
    }

    [Fact]
    public void Predictions_on_other_rows_are_refused()
    {
        var otherBlocks = Fine with { Block = [.. Fine.Block.Select(block => block + 1)] };
        var otherLabels = Fine with { Labels = [.. Fine.Labels.Select(label => label + 1)] };

        foreach (var other in new[] { otherBlocks, otherLabels, Sample.Predictions("short", 29, 24, _ => 0) })
        {
            var failure = Should.Throw<StageFailedException>(() => Difference(Rough, other));
            failure.Verdict.ShouldBe(Verdict.Error);
            failure.Findings.ShouldHaveSingleItem().Where!.ShouldContain("rough");
        }
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Fewer_than_ten_blocks_give_no_interval(int days, bool none) =>
        (Difference(Sample.Predictions("a", days, 24, row => row % 3), Sample.Predictions("b", days, 24, _ => 0)) is null).ShouldBe(none);

    [RealDataFact]
    public void The_published_comparison_has_its_published_interval()
    {
        var half = HourData.Rows(new(2012, 7, 1), new(2013, 1, 1));
        var champion = HourData.MeansOf("champion", HourData.Rows(new(2011, 1, 1), new(2012, 1, 1)), half);
        var window = HourData.MeansOf("window", HourData.Rows(new(2012, 1, 1), new(2012, 7, 1)), half);

        var gain = Metrics.Mae.Of(champion) - Metrics.Mae.Of(window);
        var interval = PairedBlockBootstrap.Difference(Metrics.Mae, champion, window, 0.95, 1, block: 1)!;

        half.Rows.ShouldBe(4376);
        gain.ShouldBe(48.3137204266, 1e-9);
        interval.Lower.ShouldBe(42.33, 1);
        interval.Upper.ShouldBe(53.80, 1);
    }

    private static Interval? Difference(PredictionSet candidate, PredictionSet reference, double confidence = 0.95, long seed = 1) =>
        PairedBlockBootstrap.Difference(Metrics.Rmse, candidate, reference, confidence, seed);
}
