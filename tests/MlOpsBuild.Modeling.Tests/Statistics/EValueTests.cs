namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class EValueTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 7.38905609893065)]
    [InlineData(1e6, 5.184705528587072e21)]
    public void An_e_value_is_told_as_a_number_of_bounded_size(double log, double value) => EValue.Of(log).ShouldBe(value, value * 1e-12);
}
