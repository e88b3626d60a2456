using System.Text;
using System.Text.Json;

namespace MlOpsBuild.Core.Tests;

public sealed class DigestJsonConverterTests
{
    [Fact]
    public void Digest_is_written_as_its_text() =>
        Encoding.UTF8.GetString(CanonicalJson.Serialize(Digest.Of("abc"))).ShouldBe($"\"{Digest.Of("abc")}\"\n");

    [Theory]
    [InlineData("\"sha256:12\"")]
    [InlineData("12")]
    [InlineData("{}")]
    public void Anything_else_is_a_json_error(string json) =>
        Should.Throw<JsonException>(() => CanonicalJson.Deserialize<Digest>(Encoding.UTF8.GetBytes(json)));
}
