using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Delivery.Canary.Tests;

public sealed class CanaryReferenceTests
{
    [Theory]
    [InlineData(RowLoss.SquaredError, 10.8276)]
    [InlineData(RowLoss.AbsoluteError, 3.2905)]
    public void Its_scale_is_the_999th_thousandth_of_the_champions_loss(RowLoss loss, double scale)
    {
        var random = new SplitMix64(5);

        var reference = CanaryReference.Of(loss, [.. Enumerable.Range(0, 200_000).Select(_ => random.NextNormal())]);

        reference.Scale.ShouldBe(scale, 0.05 * scale);
        reference.GrossError.ShouldBe(5 * 3.2905, 0.7);
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(100, 150)]
    public void Slow_is_half_as_slow_again_as_the_champion_and_five_milliseconds_at_least(double usual, double slow) =>
        CanaryReference.Of(RowLoss.SquaredError, [1]).WithAnswerTimes([usual, usual]).SlowMilliseconds.ShouldBe(slow);

    [Fact]
    public void A_champion_without_any_error_has_a_scale_all_the_same() =>
        CanaryReference.Of(RowLoss.SquaredError, [0, 0]).Scale.ShouldBeGreaterThan(0);
}
