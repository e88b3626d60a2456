namespace MlOpsBuild.Scoring.Prompts.Tests;

public sealed class PromptTemplateTests
{
    [Fact]
    public void Lines_with_a_role_begin_messages_and_empty_ones_are_left_out()
    {
        var prompt = PromptTemplate.Parse("\uFEFF[system]\r\nBe short.\r\n\r\n[user]\r\n[assistant] \r\nHm.\r\n[user]\r\n{{Question}}\r\nsays [user] here\r\n");

        prompt.Messages.ShouldBe([new("system", "Be short."), new("assistant", "Hm."), new("user", "{{Question}}\nsays [user] here")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[system]\n\n[user]\n   \n")]
    public void A_prompt_that_says_nothing_has_no_message(string text) => PromptTemplate.Parse(text).Messages.ShouldBeEmpty();

    [Fact]
    public void A_text_without_a_role_is_what_the_user_says() =>
        PromptTemplate.Parse("Sort {{ Text }} and {{Text}} in {{Channel name}}.").Names.ShouldBe(["Text", "Channel name"]);

    [Fact]
    public void What_a_value_says_is_no_place_for_another()
    {
        var filled = PromptTemplate.Parse("{{A}} $1 {{ B }} {not} {{}}").Fill(name => name == "A" ? "{{B}} $0" : "b");

        filled.ShouldHaveSingleItem().Text.ShouldBe("{{B}} $0 $1 b {not} {{}}");
    }
}
