using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Runs.Tests;

public sealed class RunRecordTests
{
    [Fact]
    public void Stages_that_did_work_are_counted_without_restored_ones() =>
        (Record() with { Stages = [Stage(restored: true), Stage(restored: false), Stage(restored: false)] }).StagesExecuted.ShouldBe(2);

    [Fact]
    public void A_run_without_gates_has_no_verdict() => Record().Verdict.ShouldBeNull();

    [Theory]
    [InlineData(Verdict.Passed, Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Failed, Verdict.Inconclusive, Verdict.Failed)]
    [InlineData(Verdict.Passed, Verdict.Passed, Verdict.Passed)]
    [InlineData(Verdict.Error, Verdict.Failed, Verdict.Error)]
    public void The_worst_gate_decides(Verdict one, Verdict two, Verdict expected) =>
        (Record() with { Gates = [Gate(one), Gate(two)] }).Verdict.ShouldBe(expected);

    [Fact]
    public void Gates_that_only_inform_do_not_decide() =>
        (Record() with { Gates = [Gate(Verdict.Passed), Gate(Verdict.Failed) with { Blocking = false }] }).Verdict.ShouldBe(Verdict.Passed);

    [Fact]
    public void Gates_that_only_inform_do_not_pass_a_run_by_themselves() =>
        (Record() with { Gates = [Gate(Verdict.Passed) with { Blocking = false }] }).Verdict.ShouldBe(Verdict.Inconclusive);

    private static RunRecord Record() => new() { Id = "id", Pipeline = "Demand", Started = DateTimeOffset.UnixEpoch };

    private static StageOutcome Stage(bool restored) => new("train", Digest.Of("key"), restored, null, 1, 1);

    private static GateOutcome Gate(Verdict verdict) => new("gate", "RMSE", 1, 2, "baseline", null, verdict, "evidence");
}
