namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class ReportTextTests
{
    [Theory]
    [InlineData(1234567, "1,234,567")]
    [InlineData(-1000, "−1,000")]
    [InlineData(42.55, "42.6")]
    [InlineData(0.12345, "0.123")]
    [InlineData(-0.00001, "0.000")]
    [InlineData(double.NaN, "–")]
    public void Numbers_have_as_many_digits_as_they_deserve(double value, string text) => ReportText.Number(value).ShouldBe(text);

    [Theory]
    [InlineData(1.5, "+1.500")]
    [InlineData(-1.5, "−1.500")]
    [InlineData(0, "0.000")]
    public void Differences_have_their_sign(double value, string text) => ReportText.Signed(value).ShouldBe(text);
}
