using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class PlainTableTests
{
    private const string Letters = "abcXYZ0189 .,;:|+-_[]()<>/\\\"'`%–…→·≤≥éßŁ";

    [Fact]
    public void It_is_what_the_library_makes_wherever_it_makes_anything()
    {
        var compared = 0;
        var letter = Gen.Elements(Letters.ToCharArray());
        var cell = Gen.Choose(0, 12).SelectMany(length => letter.ArrayOf(length)).Select(letters => new string(letters));
        var tables = Gen.Choose(1, 5).SelectMany(columns => Gen.Choose(0, 6).SelectMany(rows =>
            cell.ArrayOf(columns).ArrayOf(rows + 1)));

        Check.QuickThrowOnFailure(Prop.ForAll(tables.ToArbitrary(), table =>
        {
            var (headers, rows) = (table[0], table[1..]);
            foreach (var width in (int[])[0, 20, 60])
            {
                if (PlainTable.TryOf(headers, rows, width == 0 ? 170 : width) is { } plain)
                {
                    compared++;
                    plain.ShouldBe(TextTable.Laid(headers, rows, color: false, tone: null, width));
                }
            }
        }));
        compared.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("a\ttab")]
    [InlineData("漢字")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("\u00ad")]
    public void What_may_not_be_as_wide_as_it_is_long_is_left_to_the_library(string cell) =>
        PlainTable.TryOf(["Head"], [[cell]], 80).ShouldBeNull();

    [Fact]
    public void What_does_not_fit_is_left_to_the_library_which_wraps_it() =>
        PlainTable.TryOf(["Head"], [[new string('x', 77)]], 80).ShouldBeNull();

    [Fact]
    public void A_table_that_fits_is_laid_out() => TextTable.Of(["Name", "Value"], [["a", "1"], ["long one", ""]], color: false).ShouldBe(
        """
        +------------------+
        | Name     | Value |
        |----------+-------|
        | a        | 1     |
        | long one |       |
        +------------------+

        """);
}
