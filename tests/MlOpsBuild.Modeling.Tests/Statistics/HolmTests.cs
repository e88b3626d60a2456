using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class HolmTests
{
    /// <summary>As <c>p.adjust(…, "holm")</c> of R has them.</summary>
    [Theory]
    [InlineData(new[] { 0.01, 0.02, 0.03, 0.04 }, new[] { 0.04, 0.06, 0.06, 0.06 })]
    [InlineData(new[] { 0.13, 0.005, 0.04, 0.011, 0.02 }, new[] { 0.13, 0.025, 0.08, 0.044, 0.06 })]
    [InlineData(new[] { 0.5, 0.6 }, new[] { 1.0, 1.0 })]
    [InlineData(new[] { 0.03 }, new[] { 0.03 })]
    public void Probabilities_are_adjusted_step_by_step(double[] given, double[] adjusted) =>
        Holm.Adjust(given).Zip(adjusted).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);

    [Fact]
    public void None_becomes_smaller_and_their_order_stays() => Prop.ForAll(
        Gen.Choose(0, 1000).Select(value => value / 1000.0).NonEmptyListOf().ToArbitrary(), values =>
        {
            var adjusted = Holm.Adjust([.. values]);
            return adjusted.Zip(values).All(pair => pair.First >= pair.Second && pair.First <= 1)
                && Enumerable.Range(0, values.Count).All(one => Enumerable.Range(0, values.Count)
                    .All(other => values[one] >= values[other] || adjusted[one] <= adjusted[other]));
        }).QuickCheckThrowOnFailure();
}
