using System.ComponentModel;
using System.Globalization;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ParsedValueTests
{
    [Theory]
    [InlineData("9000000000", typeof(long), 9000000000L)]
    [InlineData("-5", typeof(short), (short)-5)]
    [InlineData("255", typeof(byte), (byte)255)]
    [InlineData("1e3", typeof(double), 1000.0)]
    [InlineData("-.5", typeof(float), -0.5f)]
    public void Number_is_read_in_the_invariant_culture(string text, Type type, object value) => ParsedValue.Of(text, type).ShouldBe(value);

    [Fact]
    public void Decimal_keeps_its_digits() => ParsedValue.Of("0.10", typeof(decimal)).ShouldBe(0.10m);

    [Theory]
    [InlineData("0,5", typeof(decimal))]
    [InlineData("0,5", typeof(double))]
    [InlineData("1,000", typeof(int))]
    [InlineData("1.0", typeof(long))]
    [InlineData("256", typeof(byte))]
    [InlineData("99999999999", typeof(int))]
    [InlineData("-1", typeof(uint))]
    [InlineData(" 1", typeof(int))]
    [InlineData("NaN", typeof(double))]
    [InlineData("Infinity", typeof(float))]
    [InlineData("1e999", typeof(double))]
    [InlineData("", typeof(decimal))]
    public void What_is_no_number_of_the_type_is_refused(string text, Type type) => ParsedValue.Of(text, type).ShouldBeNull();

    [Theory]
    [InlineData("2026-11-20")]
    [InlineData("2026-11-20T00:00:00Z")]
    [InlineData("2026-11-20T02:00:00+02:00")]
    public void Date_is_year_first_and_in_utc(string text)
    {
        var moment = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

        ((DateTimeOffset)ParsedValue.Of(text, typeof(DateTimeOffset))!).ToUniversalTime().ShouldBe(moment);
        var time = (DateTime)ParsedValue.Of(text, typeof(DateTime))!;
        (time, time.Kind).ShouldBe((moment.UtcDateTime, DateTimeKind.Utc));
    }

    [Fact]
    public void Day_is_read_without_a_time() => ParsedValue.Of("2026-11-20", typeof(DateOnly)).ShouldBe(new DateOnly(2026, 11, 20));

    [Theory]
    [InlineData("20.11.2026", typeof(DateTime))]
    [InlineData("11/20/2026", typeof(DateTimeOffset))]
    [InlineData("03/04/05", typeof(DateTime))]
    [InlineData("26-11-20", typeof(DateTime))]
    [InlineData("2026-02-30", typeof(DateOnly))]
    [InlineData("2026-11-20T14:03:00Z", typeof(DateOnly))]
    [InlineData("14:03", typeof(DateTime))]
    [InlineData("today", typeof(DateTime))]
    public void What_is_no_clear_date_is_refused(string text, Type type) => ParsedValue.Of(text, type).ShouldBeNull();

    [Fact]
    public void Address_is_absolute()
    {
        ParsedValue.Of("https://example.org/a?b=c", typeof(Uri)).ShouldBe(new Uri("https://example.org/a?b=c"));
        ParsedValue.Of("example.org", typeof(Uri)).ShouldBeNull();
    }

    [Fact]
    public void Identifier_is_read()
    {
        ParsedValue.Of("6f9619ff-8b86-d011-b42d-00c04fc964ff", typeof(Guid)).ShouldBe(new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
        ParsedValue.Of("6f9619ff", typeof(Guid)).ShouldBeNull();
    }

    [Fact]
    public void Type_with_a_converter_is_converted()
    {
        ((Fraction)ParsedValue.Of("3/4", typeof(Fraction))!).ShouldBe(new Fraction(3, 4));
        ParsedValue.Of("three quarters", typeof(Fraction)).ShouldBeNull();
    }

    [Fact]
    public void Type_that_cannot_be_read_is_refused() => ParsedValue.Of("x", typeof(ParsedValueTests)).ShouldBeNull();

    [Theory]
    [InlineData("quiet", true)]
    [InlineData("Quiet", true)]
    [InlineData("3", false)]
    [InlineData("Quiet, Normal", false)]
    [InlineData("loud", false)]
    public void Choice_is_a_name_in_any_case(string text, bool accepted)
    {
        var value = ValueConversion.Convert(text, typeof(Verbosity), "/", out var expected);

        value.ShouldBe(accepted ? Verbosity.Quiet : null);
        expected.ShouldBe(accepted ? null : "one of Verbose, Normal, Minimal, Quiet");
    }

    [TypeConverter(typeof(FractionConverter))]
    internal sealed record Fraction(int Above, int Below);

    private sealed class FractionConverter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            ((string)value).Split('/') is [var above, var below]
                ? new Fraction(int.Parse(above), int.Parse(below))
                : throw new FormatException("no fraction");
    }
}
