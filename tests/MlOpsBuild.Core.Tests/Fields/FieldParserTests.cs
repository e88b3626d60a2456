using System.Globalization;

namespace MlOpsBuild.Core.Fields.Tests;

/// <summary>Numbers are those of the runtime, to the bit, however short the way to them is.</summary>
public sealed class FieldParserTests
{
    private static readonly FieldParser Number = new(new("x", FieldKind.Real));

    [Fact]
    public void Numbers_with_few_digits_are_read_to_the_bit()
    {
        var random = new SplitMix64(3);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = (random.Next() % 100_000_000_000_000).ToString(CultureInfo.InvariantCulture);
            digits = digits[..Math.Min(digits.Length, 1 + random.NextInt(14))];
            var text = (random.NextInt(3) == 0 ? "-" : "")
                + (digits.Length > 1 && random.NextInt(3) > 0 ? digits.Insert(1 + random.NextInt(digits.Length - 1), ".") : digits);

            BitConverter.DoubleToInt64Bits(Number.Parse(text, out var problem))
                .ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), text);
            problem.ShouldBeNull(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1-2")]
    [InlineData("--1")]
    [InlineData("1 2")]
    public void What_is_no_number_is_refused(string text) => Number.Parse(text, out _).ShouldBe(double.NaN);

    /// <summary>2^53 + 1 is rounded to 2^53, and was taken for it.</summary>
    [Theory]
    [InlineData("9007199254740992", true)]
    [InlineData("-9007199254740992", true)]
    [InlineData("9007199254740993", false)]
    [InlineData("-9007199254740993", false)]
    [InlineData("9007199254740991", true)]
    [InlineData("1e300", false)]
    public void Whole_numbers_are_those_that_are_kept_to_the_last_digit(string text, bool isOne)
    {
        new FieldParser(new("x", FieldKind.Whole)).Parse(text, out var problem);
        problem.ShouldBe(isOne ? null : "Whole number beyond 2^53");
    }

    [Fact]
    public void A_point_is_refused_where_a_comma_stands_before_decimals()
    {
        var comma = new FieldParser(new("x", FieldKind.Real), decimalComma: true);

        comma.Parse("1,5", out _).ShouldBe(1.5);
        comma.Parse("1.5", out var problem).ShouldBe(double.NaN);
        problem.ShouldBe("Wrong type");
    }
}
