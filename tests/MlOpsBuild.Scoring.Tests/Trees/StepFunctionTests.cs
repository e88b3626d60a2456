namespace MlOpsBuild.Scoring.Trees.Tests;

public sealed class StepFunctionTests
{
    private static readonly StepFunction Steps = new(0, [0, 10, double.PositiveInfinity], [1, 2, 3]);

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(0.1f, 2)]
    [InlineData(10, 2)]
    [InlineData(1e30f, 3)]
    [InlineData(float.PositiveInfinity, 3)]
    [InlineData(float.NaN, 1)]
    public void A_value_has_the_effect_of_the_first_bin_that_holds_it(float value, double effect) => Steps.Value(value).ShouldBe(effect);
}
