using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class TextWrapTests
{
    [Fact]
    public void A_line_that_fits_stays_as_it_is() => TextWrap.Of("  one   two", 11).ShouldBe("  one   two");

    [Fact]
    public void A_longer_one_breaks_at_the_last_space_and_goes_on_further_right() =>
        TextWrap.Of("  one two three four", 10).ShouldBe("  one two\n    three\n    four");

    [Fact]
    public void It_goes_on_where_it_is_told_to() =>
        TextWrap.Of("--name  one two three", 17, hang: 8).ShouldBe("--name  one two\n        three");

    [Fact]
    public void An_address_stays_whole_to_be_copied() =>
        TextWrap.Of("serves at http://127.0.0.1:54321/predict now", 20).ShouldBe("serves at\n  http://127.0.0.1:54321/predict\n  now");

    /// <summary>Found by the property below: such a line stayed as wide as it was.</summary>
    [Fact]
    public void Spaces_at_its_end_do_not_make_a_line_too_wide() => TextWrap.Of("one two   three  ", 15).ShouldBe("one two   three");

    [Fact]
    public void Without_a_terminal_nothing_is_broken() => TextWrap.Of(new string('a', 300) + " b", 0).ShouldNotContain("\n");

    /// <summary>No word is lost, and none stands in a line that is too wide beside another one.</summary>
    [Fact]
    public void Whatever_is_printed_keeps_its_words_and_the_width() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>[]>(), Gen.Choose(20, 140).ToArbitrary(),
        (words, width) =>
        {
            var text = string.Join(' ', words.Select(word => word.Get));
            var lines = TextWrap.Of(text, width).Split('\n');
            Words(string.Join(' ', lines)).ShouldBe(Words(text));
            lines.Where(line => line.Length > width && Words(line).Count > 1).ShouldBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static List<string> Words(string text) => [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
