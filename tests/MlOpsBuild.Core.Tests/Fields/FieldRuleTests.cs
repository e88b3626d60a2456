using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Fields.Tests;

public sealed class FieldRuleTests
{
    [Theory]
    [InlineData(FieldKind.Real, "1.5", 1.5)]
    [InlineData(FieldKind.Real, "-1e3", -1000)]
    [InlineData(FieldKind.Real, "0", 0)]
    [InlineData(FieldKind.Whole, "12", 12)]
    [InlineData(FieldKind.Whole, "-3", -3)]
    [InlineData(FieldKind.Flag, "0", 0)]
    [InlineData(FieldKind.Flag, "1", 1)]
    [InlineData(FieldKind.Flag, "true", 1)]
    [InlineData(FieldKind.Flag, "false", 0)]
    [InlineData(FieldKind.Flag, "True", 1)]
    [InlineData(FieldKind.Flag, "FALSE", 0)]
    [InlineData(FieldKind.Whole, "8.0", 8)]
    [InlineData(FieldKind.Whole, "8e0", 8)]
    [InlineData(FieldKind.Whole, "+010", 10)]
    [InlineData(FieldKind.Whole, "9007199254740992", 9007199254740992)]
    [InlineData(FieldKind.Date, "0001-01-01", 0)]
    [InlineData(FieldKind.Date, "2011-01-01", 734137)]
    [InlineData(FieldKind.Date, "2012-02-29", 734561)]
    [InlineData(FieldKind.Text, "anything", double.NaN)]
    [InlineData(FieldKind.Text, "", double.NaN)]
    public void Fitting_text_becomes_its_number(FieldKind kind, string text, double number)
    {
        new FieldParser(new("x", kind)).Parse(text, out var problem).ShouldBe(number);
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData(FieldKind.Real, "")]
    [InlineData(FieldKind.Real, "abc")]
    [InlineData(FieldKind.Real, "1,5")]
    [InlineData(FieldKind.Real, "NaN")]
    [InlineData(FieldKind.Real, "Infinity")]
    [InlineData(FieldKind.Real, "1e999")]
    [InlineData(FieldKind.Whole, "1.5")]
    [InlineData(FieldKind.Whole, " 1")]
    [InlineData(FieldKind.Real, "1 ")]
    [InlineData(FieldKind.Real, "0x10")]
    [InlineData(FieldKind.Real, "1.234,5")]
    [InlineData(FieldKind.Whole, "")]
    [InlineData(FieldKind.Flag, "2")]
    [InlineData(FieldKind.Flag, "yes")]
    [InlineData(FieldKind.Date, "2011-1-1")]
    [InlineData(FieldKind.Date, "2011-02-29")]
    [InlineData(FieldKind.Date, "01.02.2011")]
    [InlineData(FieldKind.Date, "2011-01-01T00:00:00")]
    public void Text_of_another_kind_is_refused(FieldKind kind, string text)
    {
        new FieldParser(new("x", kind)).Parse(text, out var problem).ShouldBe(double.NaN);
        problem.ShouldBe("Wrong type");
    }

    [Theory]
    [InlineData("spring", 0)]
    [InlineData("winter", 2)]
    public void Category_becomes_its_index(string text, double index)
    {
        new FieldParser(Season).Parse(text, out var problem).ShouldBe(index);
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData("autumn")]
    [InlineData("Spring")]
    [InlineData("")]
    public void Unlisted_category_is_refused(string text)
    {
        new FieldParser(Season).Parse(text, out var problem).ShouldBe(double.NaN);
        problem.ShouldBe("Unknown category");
    }

    [Fact]
    public void Category_without_a_list_accepts_nothing()
    {
        new FieldParser(new("season", FieldKind.Category)).Parse("spring", out var problem);

        problem.ShouldBe("Unknown category");
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", true)]
    [InlineData("-0.001", false)]
    [InlineData("1.001", false)]
    public void Range_includes_its_ends(string text, bool accepted)
    {
        var value = new FieldParser(new("hum", FieldKind.Real, 0, 1)).Parse(text, out var problem);

        problem.ShouldBe(accepted ? null : "Out of range");
        double.IsNaN(value).ShouldBe(!accepted);
    }

    [Fact]
    public void One_sided_ranges_are_open_on_the_other_side()
    {
        new FieldParser(new("cnt", FieldKind.Whole, Minimum: 0)).Parse("1000000", out var high);
        new FieldParser(new("cnt", FieldKind.Whole, Maximum: 0)).Parse("1", out var above);

        high.ShouldBeNull();
        above.ShouldBe("Out of range");
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("3", "Unknown category")]
    [InlineData("x", "Wrong type")]
    public void List_also_limits_other_kinds(string text, string? expected)
    {
        new FieldParser(new("weathersit", FieldKind.Whole, Categories: ["1", "2"])).Parse(text, out var problem);

        problem.ShouldBe(expected);
    }

    [Theory]
    [InlineData(FieldKind.Real, null, null, "a number")]
    [InlineData(FieldKind.Real, 0.0, 1.5, "a number from 0 to 1.5")]
    [InlineData(FieldKind.Whole, 1.0, null, "a whole number of at least 1")]
    [InlineData(FieldKind.Whole, null, 9.0, "a whole number of at most 9")]
    [InlineData(FieldKind.Flag, null, null, "0 or 1")]
    [InlineData(FieldKind.Date, null, null, "a date yyyy-MM-dd")]
    [InlineData(FieldKind.Text, null, null, "a text")]
    public void Rule_says_what_it_accepts(FieldKind kind, double? minimum, double? maximum, string words) =>
        new FieldRule("x", kind, minimum, maximum).Describe().ShouldBe(words);

    [Fact]
    public void Category_rule_lists_its_texts() => Season.Describe().ShouldBe("one of spring, summer, winter");

    [Fact]
    public void Accepted_real_numbers_are_exactly_those_in_range() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(),
        number =>
        {
            new FieldParser(new("x", FieldKind.Real, -1, 1)).Parse($"{number.Get:R}", out var problem);
            return problem == null == (number.Get is >= -1 and <= 1);
        }).QuickCheckThrowOnFailure();

    private static FieldRule Season => new("season", FieldKind.Category, Categories: ["spring", "summer", "winter"]);
}
