using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class GateFamilyTests
{
    private const double FalseFailures = 0.025;

    [Fact]
    public void A_single_gate_is_what_it_is_by_itself() =>
        Judge(Failed(0.02)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Failed);

    [Fact]
    public void Among_many_what_chance_does_is_no_failure()
    {
        var outcomes = Judge(Failed(0.02), Passed, Passed, Passed);

        outcomes.Select(outcome => outcome.Verdict)
            .ShouldBe([Verdict.Inconclusive, Verdict.Passed, Verdict.Passed, Verdict.Passed]);
        outcomes[0].Evidence.ShouldBe("far out; by itself, but chance does as much among 4 gates (p 0.02, 0.025 for all)");
    }

    [Fact]
    public void What_is_far_out_fails_among_many_and_so_does_what_no_chance_explains() =>
        Judge(Failed(0.005), Failed(0), Passed, Passed).Select(outcome => outcome.Verdict)
            .ShouldBe([Verdict.Failed, Verdict.Failed, Verdict.Passed, Verdict.Passed]);

    [Fact]
    public void Rows_that_decide_nothing_do_not_count() =>
        Judge(Failed(0.02), Informs, Informs).Select(outcome => outcome.Verdict)
            .ShouldBe([Verdict.Failed, Verdict.Passed, Verdict.Passed]);

    /// <summary>Eight gates, each just kept by a candidate: by themselves they fail it far more often than one does.</summary>
    [Fact]
    public void Together_gates_fail_a_candidate_that_keeps_them_no_more_often_than_said()
    {
        const int Runs = 250;
        const int Gates = 8;
        var (alone, together, random) = (0, 0, new SplitMix64(11));
        for (var run = 0; run < Runs; run++)
        {
            var judged = Enumerable.Range(0, Gates).SelectMany(_ => new GateJudge(new() { Metric = Metrics.Mae, Bound = 1 }, 1).Judge(
                Sample.Predictions("exponential", 60, 1, _ => -Math.Log(1 - random.NextDouble())) with { Unit = BlockUnit.Row }, null,
                ChampionPredictions.None)).ToList();
            alone += judged.Exists(gate => gate.Outcome.Verdict == Verdict.Failed) ? 1 : 0;
            together += GateFamily.Judge(judged, FalseFailures).Any(outcome => outcome.Verdict == Verdict.Failed) ? 1 : 0;
        }

        ((double)together / Runs).ShouldBeLessThanOrEqualTo(FalseFailures + 0.02);
        alone.ShouldBeGreaterThan(2 * together);
    }

    private static JudgedGate Passed => Gate(Verdict.Passed, 1);

    private static JudgedGate Informs => new(Gate(Verdict.Passed, 1).Outcome with { Blocking = false }, 1);

    private static JudgedGate Failed(double tail) => Gate(Verdict.Failed, tail);

    private static JudgedGate Gate(Verdict verdict, double tail) =>
        new(new("RMSE at most 1", "RMSE", 2, 1, "bound", null, verdict, "far out"), tail);

    private static IReadOnlyList<GateOutcome> Judge(params JudgedGate[] gates) => GateFamily.Judge(gates, FalseFailures);
}
