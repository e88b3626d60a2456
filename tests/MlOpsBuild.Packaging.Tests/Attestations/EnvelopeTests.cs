using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Attestations.Tests;

public sealed class EnvelopeTests : IDisposable
{
    private const string Type = "application/vnd.in-toto+json";
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("""{"_type": "https://in-toto.io/Statement/v1"}""");
    private readonly SigningWorld _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>The example of the specification (DSSE 1.0, protocol.md).</summary>
    [Fact]
    public void What_is_signed_is_the_specifications_example() =>
        Encoding.UTF8.GetString(Envelope.SignedBytes("http://example.com/HelloWorld", Encoding.UTF8.GetBytes("hello world")))
            .ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");

    [Fact]
    public void Lengths_are_those_of_the_bytes() =>
        Encoding.UTF8.GetString(Envelope.SignedBytes("ä", Encoding.UTF8.GetBytes("ö"))).ShouldBe("DSSEv1 2 ä 2 ö");

    [Fact]
    public void What_was_signed_is_read_and_nothing_is_signed_without_a_key()
    {
        Envelope.Open(Sign(), Type, _world.Keys).ShouldBe(Content);
        Envelope.Sign(Trust.None, Type, Content).ShouldBeNull();
    }

    [Fact]
    public void Nobody_elses_signature_no_other_type_and_no_changed_byte_is_believed()
    {
        var envelope = Sign();

        Envelope.Open(envelope, Type, SigningWorld.Strangers).ShouldBeNull();
        Envelope.Open(envelope, Type, TrustedKeys.None).ShouldBeNull();
        Envelope.Open(envelope, "application/json", _world.Keys).ShouldBeNull();
        Envelope.Open(Changed(envelope, read => read["payloadType"] = "application/json"), "application/json", _world.Keys)
            .ShouldBeNull("the type is signed, too");
        Envelope.Open(Changed(envelope, read => read["payload"] = Convert.ToBase64String([.. Content, (byte)' '])), Type, _world.Keys)
            .ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"payloadType": 7, "payload": "", "signatures": []}""")]
    [InlineData("""{"payloadType": "application/vnd.in-toto+json", "payload": "?", "signatures": []}""")]
    [InlineData("""{"payloadType": "application/vnd.in-toto+json", "payload": "", "signatures": [null]}""")]
    [InlineData("""{"payloadType": "application/vnd.in-toto+json", "payload": "", "signatures": [{"sig": "AA=="}]}""")]
    public void What_is_no_envelope_is_nothing(string text) =>
        Envelope.Open(Encoding.UTF8.GetBytes(text), Type, _world.Keys).ShouldBeNull();

    [OpenSslFact]
    public async Task OpenSsl_verifies_what_is_signed()
    {
        var signature = Convert.FromBase64String(JsonNode.Parse(Sign())!["signatures"]![0]!["sig"]!.GetValue<string>());

        (await _world.OpenSslVerifiesAsync(Envelope.SignedBytes(Type, Content), signature)).ShouldBeTrue();
    }

    private static byte[] Changed(byte[] envelope, Action<JsonNode> change)
    {
        var read = JsonNode.Parse(envelope)!;
        change(read);
        return Encoding.UTF8.GetBytes(read.ToJsonString());
    }

    private byte[] Sign() => Envelope.Sign(_world.Store.Trust, Type, Content).ShouldNotBeNull();
}
