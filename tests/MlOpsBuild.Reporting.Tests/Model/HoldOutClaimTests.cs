using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Reporting.Tests;

namespace MlOpsBuild.Reporting.Model.Tests;

/// <summary>What a verdict is worth: how often chance alone gives another.</summary>
public sealed class HoldOutClaimTests
{
    private static readonly Evidence Several = Example.Evidence with { FalseFailures = 0.025 };
    private static readonly Evidence Single = Several with { Gates = [Example.Evidence.Gates.First(gate => gate.Blocking)] };

    [Fact]
    public void One_gate_on_new_rows_needs_no_more_words() => HoldOutClaim.Of(1, Single).ShouldBeNull();

    [Fact]
    public void Several_gates_promise_together()
    {
        var gates = Several.Gates.Count(gate => gate.Blocking);

        gates.ShouldBeGreaterThan(1);
        HoldOutClaim.Of(1, Several).ShouldBe($"{gates} gates together fail a candidate that keeps all of them with at most 2.5% (Holm)");
    }

    [Theory]
    [InlineData(7, "17.5%")]
    [InlineData(100, "100%")]
    public void The_more_models_rows_have_judged_the_sooner_one_passes_by_luck(int looks, string chance) =>
        HoldOutClaim.Of(looks, Single).ShouldBe(
            $"these rows have judged {looks} models: of so many that are just not good enough, one passes by luck with up to {chance}; a new hold-out starts anew");

    [Fact]
    public void Evidence_from_before_promises_nothing() =>
        HoldOutClaim.Of(null, Several with { FalseFailures = null }).ShouldBeNull();
}
