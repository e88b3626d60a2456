using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Gates.Tests;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(new[] { Verdict.Passed, Verdict.Passed }, Verdict.Passed)]
    [InlineData(new[] { Verdict.Passed, Verdict.Inconclusive }, Verdict.Inconclusive)]
    [InlineData(new[] { Verdict.Inconclusive, Verdict.Failed }, Verdict.Failed)]
    [InlineData(new[] { Verdict.Failed, Verdict.Error, Verdict.Passed }, Verdict.Error)]
    public void The_worst_gate_decides(Verdict[] gates, Verdict verdict) =>
        Evidence([.. gates.Select(gate => Gate(gate))]).Verdict.ShouldBe(verdict);

    [Fact]
    public void Rows_that_inform_do_not_decide() =>
        Evidence(Gate(Verdict.Passed), Gate(Verdict.Error, blocking: false)).Verdict.ShouldBe(Verdict.Passed);

    [Fact]
    public void Without_a_deciding_gate_nothing_is_known()
    {
        Evidence().Verdict.ShouldBe(Verdict.Inconclusive);
        Evidence(Gate(Verdict.Passed, blocking: false)).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static GateOutcome Gate(Verdict verdict, bool blocking = true) =>
        new("gate", "RMSE", 1, null, "bound", null, verdict, "", blocking);

    private static Evidence Evidence(params GateOutcome[] gates) =>
        new([], gates, [], new Dictionary<string, IReadOnlyList<MetricValue>>());
}
