namespace MlOpsBuild.Rendering.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("a <b> & \"c\" | `d` _e_", "a <b> & \"c\" | `d` _e_")]
    [InlineData("red: \u001b[31mx\u001b[0m", "red: [31mx[0m")]
    [InlineData("two\r\nlines\0", "twolines")]
    [InlineData("", "")]
    public void A_value_is_what_it_is_without_what_steers_a_terminal(string value, string shown) =>
        TextFormat.Plain.Escape(value).ShouldBe(shown);

    [Fact]
    public void A_template_of_plain_text_escapes_nothing_else() =>
        new ScribanRenderer(TextFormat.Plain).Render("{{ Name }}: {{ Value }}\n", new { Name = "<b>", Value = 3 }).ShouldBe("<b>: 3\n");

    [Fact]
    public void Other_formats_can_ask_for_it_by_its_name() =>
        new ScribanRenderer(TextFormat.Html).Render("{{ Name | text }}", new { Name = "a\u0007b" }).ShouldBe("ab");
}
