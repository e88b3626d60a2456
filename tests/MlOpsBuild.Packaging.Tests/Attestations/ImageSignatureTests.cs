using System.Diagnostics;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Attestations.Tests;

public sealed class ImageSignatureTests : IDisposable
{
    private const string Name = "bikedemand:v3";
    private readonly TemporaryFolder _folder = new();
    private readonly (string Private, string Public, string Name) _pair = Trust.Create();
    private readonly MlOpsStore _store;

    public ImageSignatureTests()
    {
        _store = MlOpsStore.At(_folder["checkout"], TimeProvider.System);
        Directory.CreateDirectory(_folder["checkout/.nuke/keys"]);
        File.WriteAllText(_folder["checkout/.nuke/keys/team.pem"], _pair.Public);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_signed_image_is_believed_and_no_other_one()
    {
        SignWith(_pair.Private);
        var (image, other) = (await ImageAsync("one"), await ImageAsync("two"));

        (await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None)).ShouldNotBeNull();

        (await IsSignedAsync(image), await IsSignedAsync(other)).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_signature_by_somebody_else_or_none_is_not_believed()
    {
        var image = await ImageAsync("one");
        SignWith(null);
        (await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None)).ShouldBeNull();
        (await IsSignedAsync(image)).ShouldBeFalse();

        SignWith(Trust.Create().Private);
        (await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None)).ShouldNotBeNull();
        (await IsSignedAsync(image)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_that_is_signed_keeps_its_signature()
    {
        SignWith(_pair.Private);
        var image = await ImageAsync("one");
        var first = await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None);

        (await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None)).ShouldBe(first);
    }

    /// <summary>The example of cosign's specification (SIGNATURE_SPEC, "Simple signing"), with our image in it.</summary>
    [Fact]
    public async Task The_payload_has_the_fields_that_cosign_reads()
    {
        SignWith(_pair.Private);
        var image = await ImageAsync("one");
        var stored = (await ImageSignature.SignAsync(_store, Name, image, CancellationToken.None)).ShouldNotBeNull();

        var manifest = CanonicalJson.Deserialize<OciManifest>(await _store.Blobs.ReadAsync(stored, CancellationToken.None));
        manifest.Subject.ShouldNotBeNull().Digest.ShouldBe(image);
        var layer = manifest.Layers.ShouldHaveSingleItem();
        layer.MediaType.ShouldBe("application/vnd.dev.cosign.simplesigning.v1+json");
        using var payload = JsonDocument.Parse(await _store.Blobs.ReadAsync(layer.Digest, CancellationToken.None));
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
        SignWith(_pair.Private);
        var stored = (await ImageSignature.SignAsync(_store, Name, await ImageAsync("one"), CancellationToken.None)).ShouldNotBeNull();
        var layer = CanonicalJson.Deserialize<OciManifest>(await _store.Blobs.ReadAsync(stored, CancellationToken.None)).Layers[0];
        var payload = await _store.Blobs.ReadAsync(layer.Digest, CancellationToken.None);
        await File.WriteAllBytesAsync(_folder["payload"], payload);
        await File.WriteAllBytesAsync(_folder["signature"], Convert.FromBase64String(layer.Annotations![ImageSignature.Annotation]));

        (await VerifyAsync()).ShouldBe(0);

        payload[^3] ^= 1;
        await File.WriteAllBytesAsync(_folder["payload"], payload);
        (await VerifyAsync()).ShouldNotBe(0);
    }

    private async Task<int> VerifyAsync()
    {
        string[] arguments = ["dgst", "-sha256", "-verify", _folder["checkout/.nuke/keys/team.pem"], "-signature", _folder["signature"], _folder["payload"]];
        using var process = Process.Start(new ProcessStartInfo(ProgramOnPath.Find("openssl")!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private Task<bool> IsSignedAsync(Digest image) => ImageSignature.IsSignedAsync(_store, Name, image, _store.Trust.Keys, CancellationToken.None);

    private void SignWith(string? key) =>
        _store.Trust = Trust.Of(_folder["checkout"], "local", key == null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Trust.Variable] = key });

    private async Task<Digest> ImageAsync(string content) => (await _store.Blobs.PutAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"of": "{{content}}"}"""), CancellationToken.None)).Digest;
}
