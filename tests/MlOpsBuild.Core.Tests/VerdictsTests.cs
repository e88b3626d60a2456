using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Tests;

public sealed class VerdictsTests
{
    [Fact]
    public void No_evidence_is_inconclusive() => Array.Empty<Verdict>().Worst().ShouldBe(Verdict.Inconclusive);

    [Theory]
    [InlineData(Verdict.Passed, Verdict.Passed, Verdict.Passed)]
    [InlineData(Verdict.Passed, Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Inconclusive, Verdict.Failed, Verdict.Failed)]
    [InlineData(Verdict.Failed, Verdict.Error, Verdict.Error)]
    [InlineData(Verdict.Error, Verdict.Passed, Verdict.Error)]
    public void Worst_wins(Verdict left, Verdict right, Verdict worst)
    {
        new[] { left, right }.Worst().ShouldBe(worst);
        new[] { right, left }.Worst().ShouldBe(worst);
    }

    [Fact]
    public void Passed_needs_every_verdict_to_pass() => Prop.ForAll(
        ArbMap.Default.ArbFor<Verdict[]>(),
        verdicts =>
            verdicts.Worst() == Verdict.Passed == (verdicts.Length > 0 && Array.TrueForAll(verdicts, verdict => verdict == Verdict.Passed)))
            .QuickCheckThrowOnFailure();
}
