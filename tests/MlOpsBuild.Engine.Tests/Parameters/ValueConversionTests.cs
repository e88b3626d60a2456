namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ValueConversionTests
{
    private static readonly string Root = Path.GetTempPath();

    [Theory]
    [InlineData("", typeof(string), "")]
    [InlineData(" a ", typeof(string), " a ")]
    [InlineData("true", typeof(bool), true)]
    [InlineData("False", typeof(bool), false)]
    [InlineData("1", typeof(bool), true)]
    [InlineData("off", typeof(bool), false)]
    [InlineData("-7", typeof(int), -7)]
    [InlineData("0.5", typeof(double), 0.5)]
    [InlineData("-1e-3", typeof(double), -0.001)]
    [InlineData("quiet", typeof(Verbosity), Verbosity.Quiet)]
    [InlineData("Minimal", typeof(Verbosity), Verbosity.Minimal)]
    public void Text_becomes_its_value(string text, Type type, object value)
    {
        ValueConversion.Convert(text, type, Root, out var expected).ShouldBe(value);
        expected.ShouldBeNull();
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:01:30", 90_000)]
    public void Durations_have_units_or_colons(string text, int milliseconds) =>
        ValueConversion.Convert(text, typeof(TimeSpan), Root, out _).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Relative_path_starts_at_the_root_given()
    {
        ValueConversion.Convert("data/hour.csv", typeof(AbsolutePath), Root, out _)
            .ShouldBe((AbsolutePath)Path.Combine(Root, "data", "hour.csv")!);
        ValueConversion.Convert(Root, typeof(AbsolutePath), "/elsewhere", out _).ShouldBe((AbsolutePath)Root!);
    }

    [Theory]
    [InlineData("ja", typeof(bool), "true or false")]
    [InlineData("2", typeof(bool), "true or false")]
    [InlineData("", typeof(int), "a whole number")]
    [InlineData("1.0", typeof(int), "a whole number")]
    [InlineData("2147483648", typeof(int), "a whole number")]
    [InlineData("0,5", typeof(double), "a number such as 0.5")]
    [InlineData("NaN", typeof(double), "a number such as 0.5")]
    [InlineData("1e999", typeof(double), "a number such as 0.5")]
    [InlineData("loud", typeof(Verbosity), "one of Verbose, Normal, Minimal, Quiet")]
    [InlineData("17", typeof(Verbosity), "one of Verbose, Normal, Minimal, Quiet")]
    [InlineData("soon", typeof(TimeSpan), "a duration such as 250ms, 30s, 5m or 2h")]
    [InlineData("5x", typeof(TimeSpan), "a duration such as 250ms, 30s, 5m or 2h")]
    public void Other_text_is_refused_and_the_expected_said(string text, Type type, string expected)
    {
        ValueConversion.Convert(text, type, Root, out var said).ShouldBeNull();
        said.ShouldBe(expected);
    }

    [Fact]
    public void Two_choices_are_not_one()
    {
        ValueConversion.Convert("Normal,Minimal", typeof(Verbosity), Root, out var expected).ShouldBeNull();
        expected.ShouldBe("one of Verbose, Normal, Minimal, Quiet");
    }

    [Fact]
    public void Duration_beyond_all_bounds_is_refused()
    {
        ValueConversion.Convert("99999999999999d", typeof(TimeSpan), Root, out var expected).ShouldBeNull();
        expected.ShouldBe("a duration such as 250ms, 30s, 5m or 2h");
    }

    [Theory]
    [InlineData(typeof(string), "text")]
    [InlineData(typeof(AbsolutePath), "a path")]
    [InlineData(typeof(DependencyBehavior), "one of Skip, Execute")]
    public void Types_are_described(Type type, string words) => ValueConversion.Describe(type).ShouldBe(words);
}
