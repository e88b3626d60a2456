using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class SliceJudgeTests
{
    private static readonly SliceGate Gate = new("odd") { Names = ["even rows", "odd rows"] };

    [Theory]
    [InlineData(3.5, Verdict.Passed)]
    [InlineData(2, Verdict.Failed)]
    public void The_worst_value_decides(double bound, Verdict verdict)
    {
        var judged = Judge(Gate with { Bound = bound }, Off(even: 1, odd: 3)).ShouldHaveSingleItem();

        judged.Outcome.Verdict.ShouldBe(verdict);
        judged.Outcome.Gate.ShouldBe($"RMSE at most {bound.ToString(System.Globalization.CultureInfo.InvariantCulture)} for every odd");
        (judged.Outcome.Candidate, judged.Outcome.Reference).ShouldBe((3, bound));
        judged.Outcome.Evidence.ShouldStartWith("odd = odd rows (360 rows): ");
        judged.Outcome.Evidence.ShouldEndWith("; the worst of 2");
    }

    [Fact]
    public void Values_with_too_few_rows_are_named_and_not_judged()
    {
        var few = Off(1, 1) with { Slices = Values(row => row < 5 ? 1 : 0) };

        var outcome = Judge(Gate with { Bound = 2, MinimumRows = 50 }, few).Single().Outcome;

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.Evidence.ShouldEndWith("; the worst of 1; too few rows to judge: odd rows (5 rows)");
        Judge(Gate with { Bound = 2 }, few).Single().Outcome.Verdict.ShouldBe(Verdict.Inconclusive);
        Judge(Gate with { Bound = 2, MinimumRows = 5000 }, few).Single().Outcome.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    /// <summary>Better on average, and worse where it matters to some.</summary>
    [Fact]
    public void A_candidate_that_is_worse_than_the_champion_on_one_value_is_told_of()
    {
        var champion = new ChampionPredictions("champion", Off(even: 3, odd: 1), null);

        var outcome = Judge(Gate with { ChampionMargin = 0.1 }, Off(even: 1, odd: 2), champion).Single().Outcome;

        (outcome.Verdict, outcome.Candidate, outcome.Reference).ShouldBe((Verdict.Failed, 2, 1));
        outcome.Evidence.ShouldStartWith("odd = odd rows (360 rows): worse by more than the margin");
    }

    [Fact]
    public void Without_a_champion_there_is_nothing_to_compare_on_any_value() =>
        Judge(Gate with { ChampionMargin = 0.1 }, Off(1, 2)).Single().Outcome.Blocking.ShouldBeFalse();

    /// <summary>Each value is one more chance to be unlucky.</summary>
    [Fact]
    public void The_chance_counts_all_values()
    {
        var random = new SplitMix64(5);
        var noisy = Sample.Predictions("noisy", 30, 24, row => (row % 2 == 1 ? 1.1 : 0.9) * random.NextNormal());
        var alone = new GateJudge(new() { Metric = Metrics.Rmse, Bound = 1 }, 1).Judge(
            noisy.Part([.. Enumerable.Range(0, noisy.Count).Where(row => row % 2 == 1)]), null, ChampionPredictions.None).Single().Tail;

        alone.ShouldBeInRange(0.0001, 0.4);
        Judge(Gate with { Bound = 1 }, noisy).Single().Tail.ShouldBe(2 * alone, 1e-9);
    }

    private static List<JudgedGate> Judge(SliceGate gate, PredictionSet candidate, ChampionPredictions? champion = null) =>
        [.. new SliceJudge(gate, Metrics.Rmse, 1).Judge(candidate, champion ?? ChampionPredictions.None)];

    private static PredictionSet Off(double even, double odd) => Sample.Predictions("off", 30, 24, row => row % 2 == 1 ? odd : even);

    private static Dictionary<string, double[]> Values(Func<int, double> of) =>
        new() { ["odd"] = [.. Enumerable.Range(0, 720).Select(of)] };
}
