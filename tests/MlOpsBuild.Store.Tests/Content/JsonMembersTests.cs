using System.Text;

namespace MlOpsBuild.Store.Content.Tests;

public sealed class JsonMembersTests
{
    [Theory]
    [InlineData("""{ "id": "1", "pipeline": "Demand", "rows": 2 }""", "Demand")]
    [InlineData("""{ "inner": { "pipeline": "no" }, "list": [{ "pipeline": "no" }], "pipeline": "Gr\u00fc\u00dfe \"x\"" }""", "Grüße \"x\"")]
    [InlineData("""{ "pipeline": 7 }""", null)]
    [InlineData("""{ "pipeline": null }""", null)]
    [InlineData("""{ "id": "1" }""", null)]
    [InlineData("""[ "pipeline" ]""", null)]
    [InlineData("""{ "id": "1", "pipel""", null)]
    [InlineData("garbage", null)]
    [InlineData("", null)]
    public void A_member_at_the_top_is_read_and_nothing_else(string record, string? expected) =>
        JsonMembers.TextOf(Encoding.UTF8.GetBytes(record), "pipeline").ShouldBe(expected);

    [Fact]
    public void Bytes_that_are_no_text_are_none() => JsonMembers.WholeText([(byte)'a', 0xff, (byte)'b']).ShouldBeNull();

    [Fact]
    public void A_text_comes_back_byte_for_byte_with_the_mark_that_editors_put_before_it()
    {
        byte[] text = [0xef, 0xbb, 0xbf, 0xc3, 0xa4, (byte)'a'];

        Encoding.UTF8.GetBytes(JsonMembers.WholeText(text).ShouldNotBeNull()).ShouldBe(text);
    }
}
