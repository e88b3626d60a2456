using System.Text;

namespace MlOpsBuild.Core.Fields.Tests;

/// <summary>Times that are read at once are those that are read sign by sign, to the bit.</summary>
public sealed class ClockDigitsTests
{
    private static readonly FieldParser Slow = new(new("x", FieldKind.Time) { Zone = "UTC" });

    [Theory]
    [InlineData("2011-01-31")]
    [InlineData("2011-01-31 05:30")]
    [InlineData("2011-01-31T05:30:59")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59")]
    [InlineData("2024-02-29")]
    public void Times_are_read(string text)
    {
        ClockDigits.TryParse(Encoding.UTF8.GetBytes(text), out var days).ShouldBeTrue();
        days.ShouldBe(Slow.Parse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2011-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2011-00-01")]
    [InlineData("2011-13-01")]
    [InlineData("2011-01-00")]
    [InlineData("2011-01-31 24:00")]
    [InlineData("2011-01-31 05:60")]
    [InlineData("2011-01-31 05:30:60")]
    [InlineData("2011-01-31x05:30")]
    [InlineData("2011-01-31 05:30:5")]
    [InlineData("2011-01-31 05:30Z")]
    public void Anything_else_is_left_to_others(string text)
    {
        ClockDigits.TryParse(Encoding.UTF8.GetBytes(text), out var days).ShouldBeFalse();
        days.ShouldBe(double.NaN);
    }

    [Fact]
    public void No_sign_can_be_another_one()
    {
        var text = "2011-01-31 05:30:59"u8.ToArray();
        int[] lengths = [10, 16, 19];
        for (var place = 0; place < text.Length; place++)
        {
            for (var other = 0; other < 256; other++)
            {
                foreach (var length in lengths.Where(length => place < length))
                {
                    byte[] changed = [.. text[..length]];
                    changed[place] = (byte)other;
                    var expected = Slow.Parse(changed, out _);
                    ClockDigits.TryParse(changed, out var days).ShouldBe(!double.IsNaN(expected), $"{other} at {place} of {length}");
                    days.ShouldBe(expected);
                }
            }
        }
    }
}
