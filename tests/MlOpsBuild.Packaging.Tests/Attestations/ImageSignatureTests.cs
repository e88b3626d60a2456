using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Attestations.Tests;

public sealed class ImageSignatureTests : IDisposable
{
    private const string Name = "bikedemand:v3";
    private readonly SigningWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_signed_image_is_believed_and_no_other_one()
    {
        var (image, other) = (await _world.ImageAsync("one"), await _world.ImageAsync("two"));

        (await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None)).ShouldNotBeNull();

        (await IsSignedAsync(image), await IsSignedAsync(other)).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_signature_by_somebody_else_or_none_is_not_believed()
    {
        var image = await _world.ImageAsync("one");
        _world.SignWith(null);
        (await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None)).ShouldBeNull();
        (await IsSignedAsync(image)).ShouldBeFalse();

        _world.SignWith(Trust.Create().Private);
        (await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None)).ShouldNotBeNull();
        (await IsSignedAsync(image)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_that_is_signed_keeps_its_signature()
    {
        var image = await _world.ImageAsync("one");
        var first = await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None);

        (await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None)).ShouldBe(first);
    }

    /// <summary>The example of cosign's specification (SIGNATURE_SPEC, "Simple signing"), with our image in it.</summary>
    [Fact]
    public async Task The_payload_has_the_fields_that_cosign_reads()
    {
        var image = await _world.ImageAsync("one");
        var stored = (await ImageSignature.SignAsync(_world.Store, Name, image, CancellationToken.None)).ShouldNotBeNull();

        var manifest = CanonicalJson.Deserialize<OciManifest>(await _world.Store.Blobs.ReadAsync(stored, CancellationToken.None));
        manifest.Subject.ShouldNotBeNull().Digest.ShouldBe(image);
        var layer = manifest.Layers.ShouldHaveSingleItem();
        layer.MediaType.ShouldBe("application/vnd.dev.cosign.simplesigning.v1+json");
        using var payload = JsonDocument.Parse(await _world.Store.Blobs.ReadAsync(layer.Digest, CancellationToken.None));
        var critical = payload.RootElement.GetProperty("critical");
        critical.GetProperty("identity").GetProperty("docker-reference").GetString().ShouldBe(Name);
        critical.GetProperty("image").GetProperty("docker-manifest-digest").GetString().ShouldBe(image.ToString());
        critical.GetProperty("type").GetString().ShouldBe("cosign container image signature");
        payload.RootElement.GetProperty("optional").ValueKind.ShouldBe(JsonValueKind.Null);
        ImageSignature.TagOf(image).ShouldBe($"sha256-{image.Hex}.sig");
    }

    [OpenSslFact]
    public async Task OpenSsl_verifies_it_with_the_public_key_and_refuses_a_changed_byte()
    {
        var stored = (await ImageSignature.SignAsync(_world.Store, Name, await _world.ImageAsync("one"), CancellationToken.None))
            .ShouldNotBeNull();
        var layer = CanonicalJson.Deserialize<OciManifest>(await _world.Store.Blobs.ReadAsync(stored, CancellationToken.None)).Layers[0];
        var payload = await _world.Store.Blobs.ReadAsync(layer.Digest, CancellationToken.None);
        var signature = Convert.FromBase64String(layer.Annotations![ImageSignature.Annotation]);

        (await _world.OpenSslVerifiesAsync(payload, signature)).ShouldBeTrue();

        payload[^3] ^= 1;
        (await _world.OpenSslVerifiesAsync(payload, signature)).ShouldBeFalse();
    }

    private Task<bool> IsSignedAsync(Digest image) =>
        ImageSignature.IsSignedAsync(_world.Store, Name, image, _world.Keys, CancellationToken.None);
}
