using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Fairness.Tests;

public sealed class FairnessJudgeTests
{
    private static readonly FairnessSpec Spec = new("sex") { Names = ["f", "m"], MinimumRows = 5 };

    /// <summary>Counted by hand: of group f 4 of 5 are said to be positive, of group m 2 of 5.</summary>
    [Fact]
    public void Rates_and_gaps_are_those_of_the_definition()
    {
        var judged = Judge(Spec with { MinimumRows = 1 }, Set(
            labels: [1, 1, 1, 1, 0, 0, 0, 1, 1, 0], said: [0, 1, 1, 1, 1, 0, 0, 0, 1, 1], groups: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]));

        judged.Select(pair => pair.Outcome.Rate)
            .ShouldBe([FairnessRate.Selection, FairnessRate.TruePositive, FairnessRate.FalsePositive]);
        Rates(judged[0].Outcome).ShouldBe([("f", 5, 0.8), ("m", 5, 0.4)]);
        Rates(judged[1].Outcome).ShouldBe([("f", 4, 0.75), ("m", 2, 0.5)]);
        Rates(judged[2].Outcome).ShouldBe([("f", 1, 1), ("m", 3, 1.0 / 3)]);
        judged[0].Outcome.Gap.ShouldBe(0.4, 1e-12);
        judged[0].Outcome.Ratio.ShouldBe(0.5, 1e-12);
        judged[1].Outcome.Gap.ShouldBe(0.25, 1e-12);
        judged.ShouldAllBe(pair => pair.Gate == null);
    }

    [Theory]
    [InlineData(0.3, 0.5, Verdict.Failed)]
    [InlineData(0.5, 0.5, Verdict.Passed)]
    [InlineData(0.39, 0.5, Verdict.Inconclusive)]
    public void A_limit_is_judged_by_the_whole_interval(double first, double second, Verdict verdict)
    {
        var judged = Judge(Spec with { Limits = Limit(FairnessRate.Selection, 0.1) }, Drawn(1, 1500, [first, second]))[0].Gate!;

        judged.Outcome.Verdict.ShouldBe(verdict);
        judged.Outcome.Gate.ShouldBe("gap of selection rate by sex at most 0.1");
        judged.Outcome.Judged!.GoodBelow.ShouldBeTrue();
        (judged.Tail <= 0.025).ShouldBe(verdict == Verdict.Failed);
    }

    [Fact]
    public void A_group_with_too_few_rows_is_named_and_not_judged()
    {
        var few = Drawn(2, 500, [0.5, 0.5]);
        few = few with
        {
            Slices = new Dictionary<string, double[]> { ["sex"] = [.. Enumerable.Range(0, few.Count).Select(row => row < 3 ? 1.0 : 0)] },
        };

        var (outcome, gate) = Judge(Spec with { Limits = Limit(FairnessRate.Selection, 0.1) }, few)[0];

        outcome.LeftOut.ShouldBe(["m (3 rows)"]);
        (outcome.Gap, outcome.Interval).ShouldBe((double.NaN, null));
        gate!.Outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.Outcome.Evidence.ShouldBe("fewer than two groups have enough rows; too few rows to judge: m (3 rows)");
    }

    /// <summary>The gap of many groups is never negative and grows by chance alone: its interval counts all pairs.</summary>
    [Fact]
    [Trait("Category", "Nightly")]
    public void Of_many_groups_without_a_gap_none_is_found_more_often_than_said()
    {
        const int Runs = 150;
        var spec = Spec with { Names = null, Limits = Limit(FairnessRate.Selection, 0.0001) };

        var failed = Enumerable.Range(0, Runs)
            .Count(run => Judge(spec, Drawn((ulong)run + 50, 900, [0.4, 0.4, 0.4, 0.4, 0.4]))[0].Gate!.Outcome.Verdict == Verdict.Failed);

        ((double)failed / Runs).ShouldBeLessThanOrEqualTo(0.05 + 0.03);
    }

    [Fact]
    public void Numbers_and_many_classes_have_no_such_rates() =>
        Judge(Spec, Drawn(1, 100, [0.5, 0.5]) with { Classes = null }).ShouldBeEmpty();

    private static Dictionary<FairnessRate, double> Limit(FairnessRate rate, double limit) => new() { [rate] = limit };

    private static IEnumerable<(string, int, double)> Rates(FairnessOutcome outcome) =>
        outcome.Groups.Select(group => (group.Group, group.Rows, group.Rate));

    private static List<(FairnessOutcome Outcome, JudgedGate? Gate)> Judge(FairnessSpec spec, PredictionSet set) =>
        [.. new FairnessJudge(spec, 1).Judge(set)];

    // Rows of as many groups as there are rates of being said to be positive.
    private static PredictionSet Drawn(ulong seed, int rows, double[] rates)
    {
        var random = new SplitMix64(seed);
        double[] groups = [.. Enumerable.Range(0, rows).Select(row => (double)(row % rates.Length))];
        return Set(
            [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0)],
            [.. groups.Select(group => random.NextDouble() < rates[(int)group] ? 1.0 : 0)], groups);
    }

    private static PredictionSet Set(double[] labels, double[] said, double[] groups) => new(
        "candidate", [.. Enumerable.Range(0, labels.Length)], labels, said, new Dictionary<string, double[]> { ["sex"] = groups })
    {
        Classes = new(["no", "yes"]), Unit = BlockUnit.Row,
    };
}
