using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class EvidenceNeededTests
{
    /// <summary>An interval shrinks with the root of the rows: from 2 beyond the estimate to 1 takes four times as many.</summary>
    [Theory]
    [InlineData(
        -1, -3, 1, 0, true,
        "RMSE beats last week: about 4.0 times as many hold-out rows (400 instead of 100) would pass it, if they are like these")]
    [InlineData(
        1, -1, 3, 0, true,
        "RMSE beats last week: about 4.0 times as many hold-out rows (400 instead of 100) would fail it, if they are like these")]
    [InlineData(
        1, -1, 3, 0, false,
        "RMSE beats last week: about 4.0 times as many hold-out rows (400 instead of 100) would pass it, if they are like these")]
    [InlineData(
        118, 110, 123, 120, true,
        "RMSE beats last week: about 6.3 times as many hold-out rows (625 instead of 100) would pass it, if they are like these")]
    public void It_says_how_many_rows_would_decide_an_open_gate(
        double value, double lower, double upper, double limit, bool goodBelow, string text) =>
        EvidenceNeeded.Of([Open(new(value, new(lower, upper, 0.95), limit, goodBelow))], 100).ShouldBe(text);

    [Fact]
    public void An_estimate_on_the_limit_is_decided_by_no_number_of_rows() =>
        EvidenceNeeded.Of([Open(new(0.001, new(-3, 3, 0.95), 0, true))], 100)!.ShouldContain("no realistic number of rows decides it");

    [Fact]
    public void Without_an_interval_the_evidence_says_what_is_missing() =>
        EvidenceNeeded.Of([Open(null) with { Evidence = "fewer than 8 days on the hold-out: not enough to compare" }], 100)
            .ShouldBe("RMSE beats last week: fewer than 8 days on the hold-out: not enough to compare");

    [Fact]
    public void Decided_gates_need_nothing() =>
        EvidenceNeeded.Of([Open(null) with { Verdict = Verdict.Failed }, Open(null) with { Blocking = false }], 100).ShouldBeNull();

    private static GateOutcome Open(JudgedQuantity? judged) =>
        Example.Gate("RMSE beats last week", Verdict.Inconclusive) with { Judged = judged };
}
