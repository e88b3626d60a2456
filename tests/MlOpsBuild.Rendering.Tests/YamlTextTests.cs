namespace MlOpsBuild.Rendering.Tests;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("main", "\"main\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("a: b # c", "\"a: b # c\"")]
    [InlineData("say \"x\"\n- y", "\"say \\\"x\\\"\\n- y\"")]
    [InlineData("{{ x }}", "\"{{ x }}\"")]
    [InlineData("ä", "\"ä\"")]
    public void A_text_is_one_scalar_and_nothing_else(string text, string quoted) => YamlText.Quote(text).ShouldBe(quoted);
}
