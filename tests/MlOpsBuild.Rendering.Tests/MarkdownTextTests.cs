namespace MlOpsBuild.Rendering.Tests;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("|", "\\|")]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("@here", "@\u200bhere")]
    [InlineData("`code`", "\\`code\\`")]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one\r\ntwo", "one two")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("*a* _b_ ~c~ #d [e] {f}", "\\*a\\* \\_b\\_ \\~c\\~ \\#\u200bd \\[e\\] \\{f\\}")]
    [InlineData(
        "see #12 or https://evil.example, www.evil.example", "see \\#\u200b12 or https:\u200b//evil.example, www\u200b.evil.example")]
    [InlineData("a\u202eb\u2066c", "abc")]
    [InlineData("C:\\temp", "C:\\\\temp")]
    [InlineData("RMSE 42.5 (champion v1), −3 %", "RMSE 42.5 (champion v1), −3 %")]
    [InlineData("", "")]
    public void A_text_is_harmless_in_markdown(string text, string encoded) => MarkdownText.Escape(text).ShouldBe(encoded);
}
