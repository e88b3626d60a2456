namespace MlOpsBuild.Rendering.Tests;

public sealed class GroovyTextTests
{
    [Theory]
    [InlineData("main", "'main'")]
    [InlineData("", "''")]
    [InlineData("it's", "'it\\'s'")]
    [InlineData("a\\b", "'a\\\\b'")]
    [InlineData("${env.TOKEN}", "'${env.TOKEN}'")]
    [InlineData("one\ntwo", "'one\\ntwo'")]
    [InlineData("\r\t\u0085", "'\\u000d\\u0009\\u0085'")]
    [InlineData("'); sh 'rm -rf /", "'\\'); sh \\'rm -rf /'")]
    public void A_value_is_a_text_in_single_quotes_and_nothing_else(string text, string quoted)
    {
        TextFormat.Groovy.Escape(text).ShouldBe(quoted);
        new ScribanRenderer(TextFormat.Groovy).Render("sh {{ Text }}", new { Text = text }).ShouldBe($"sh {quoted}");
    }
}
