using System.Globalization;
using System.Text;

namespace MlOpsBuild.Core.Fields.Tests;

/// <summary>Short numbers are those of the runtime, to the bit, and nothing else is taken for one.</summary>
public sealed class DecimalDigitsTests
{
    private const string Signs = "0123456789.-+eE, \0\t/:";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("-7", -7)]
    [InlineData("12345678", 12345678)]
    [InlineData("-12345678", -12345678)]
    [InlineData("0.12345", 0.12345)]
    [InlineData("-0.123456", -0.123456)]
    [InlineData("1234.567", 1234.567)]
    [InlineData("007", 7)]
    public void Short_numbers_are_read(string text, double expected)
    {
        Parse(text, out var number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Fact]
    public void Minus_zero_keeps_its_sign()
    {
        Parse("-0", out var number).ShouldBeTrue();
        double.IsNegative(number).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("123456789")]
    [InlineData("12345678.9")]
    [InlineData("4\0")]
    [InlineData("\u0664")]
    public void Anything_else_is_left_to_others(string text)
    {
        Parse(text, out var number).ShouldBeFalse();
        number.ShouldBe(double.NaN);
    }

    [Fact]
    public void What_is_read_is_what_the_runtime_reads()
    {
        var (random, read) = (new SplitMix64(5), 0);
        for (var i = 0; i < 500_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.NextInt(11))
                .Select(_ => Signs[random.NextInt(random.NextInt(4) == 0 ? Signs.Length : 12)]));
            if (Parse(text, out var number))
            {
                read++;
                BitConverter.DoubleToInt64Bits(number)
                    .ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), text);
                text.TrimStart('-').All(sign => char.IsAsciiDigit(sign) || sign == '.').ShouldBeTrue(text);
            }
        }

        read.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public void Several_at_once_are_those_that_are_read_one_by_one()
    {
        var random = new SplitMix64(6);
        for (var i = 0; i < 100_000; i++)
        {
            ShortText[] texts = [.. Enumerable.Range(0, 1 + random.NextInt(9)).Select(_ => ShortText.Of(Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, random.NextInt(13))
                    .Select(_ => Signs[random.NextInt(random.NextInt(4) == 0 ? Signs.Length : 12)])))))];
            var numbers = new double[texts.Length];
            DecimalDigits.Parse(
                [.. texts.Select(text => text.Low)], [.. texts.Select(text => text.High)], [.. texts.Select(text => (ulong)text.Length)],
                numbers);
            numbers.Select(BitConverter.DoubleToInt64Bits).ShouldBe(texts.Select(text => BitConverter.DoubleToInt64Bits(
                DecimalDigits.TryParse(text, out var number) ? number : double.NaN)));
        }
    }

    [Fact]
    public void No_byte_but_a_digit_is_one()
    {
        for (var other = 0; other < 256; other++)
        {
            for (var place = 0; place < 8; place++)
            {
                byte[] text = [.. "12345678"u8];
                text[place] = (byte)other;
                var isNumber = char.IsAsciiDigit((char)other) || (other == '.' && place is > 0 and < 7) || (other == '-' && place == 0);
                DecimalDigits.TryParse(ShortText.Of(text), out _).ShouldBe(isNumber, $"{other} at {place}");
            }
        }
    }

    private static bool Parse(string text, out double number) =>
        DecimalDigits.TryParse(ShortText.Of(Encoding.UTF8.GetBytes(text)), out number);
}
