namespace MlOpsBuild.Core.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("", 3, "")]
    public void A_text_is_cut_and_says_so(string text, int most, string shown) => Excerpt.Of(text, most).ShouldBe(shown);

    [Theory]
    [InlineData("one\r\n\ttwo  three ", "one two three")]
    [InlineData("a\u001b[31mred\u0007", "a [31mred")]
    [InlineData("left\u202Eright\u2066in\u2069", "left right in")]
    [InlineData("\u0000", "")]
    [InlineData("naïve 👩‍💻", "naïve 👩‍💻")]
    public void On_one_line_it_is_what_it_says_and_nothing_that_a_terminal_would_obey(string text, string shown) =>
        Excerpt.Line(text).ShouldBe(shown);

    [Fact]
    public void A_line_is_cut_as_well() => Excerpt.Line("a\nb c", 3).ShouldBe("a b…");

    [Theory]
    [InlineData("a\u001b[31mred\u0000", "a\\u001B[31mred\\u0000")]
    [InlineData("left\u202Eright", "left\\u202Eright")]
    [InlineData("two\nlines\tand\r\n👩‍💻", "two\nlines\tand\r\n👩‍💻")]
    public void What_a_terminal_would_obey_is_shown_by_its_code_point(string text, string shown) => Excerpt.Visible(text).ShouldBe(shown);
}
