using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Attestations.Tests;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Images.Tests;

public sealed class ImageListTests : IDisposable
{
    private readonly SigningWorld _world = new();

    [Fact]
    public async Task One_image_needs_no_list()
    {
        await TagAsync(ImagePlatform.Ours);

        (await ListAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Each_image_is_listed_with_its_machine_as_the_specification_has_it()
    {
        foreach (var platform in ImagePlatform.All)
        {
            await TagAsync(platform);
        }

        var list = (await ListAsync()).ShouldNotBeNull();

        list.Name.ShouldBe("bikedemand:v1-all");
        using var read = JsonDocument.Parse(await _world.Store.Blobs.ReadAsync(list.Manifest, CancellationToken.None));
        read.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(2);
        read.RootElement.GetProperty("mediaType").GetString().ShouldBe("application/vnd.oci.image.index.v1+json");
        read.RootElement.GetProperty("manifests").EnumerateArray().Select(each => (
            each.GetProperty("platform").GetProperty("os").GetString(),
            each.GetProperty("platform").GetProperty("architecture").GetString(), each.GetProperty("digest").GetString()))
                .ShouldBe(
                [("linux", "amd64", Digest.Of(Content("amd64")).ToString()), ("linux", "arm64", Digest.Of(Content("arm64")).ToString())]);
        (await ListAsync()).ShouldBe(list);
    }

    [Fact]
    public async Task A_signature_of_a_list_is_attached_to_a_list()
    {
        foreach (var platform in ImagePlatform.All)
        {
            await TagAsync(platform);
        }

        var list = (await ListAsync())!;
        await ImageSignature.SignAsync(_world.Store, list.Name, list.Manifest, CancellationToken.None);

        (await ImageSignature.IsSignedAsync(_world.Store, list.Name, list.Manifest, _world.Keys, CancellationToken.None)).ShouldBeTrue();
        var attached = await ImageAttachments.FindAsync(_world.Store, list.Name, list.Manifest, CancellationToken.None);
        var (place, signature) = attached.Signatures.ShouldHaveSingleItem();
        place.ShouldBe(ImageSignature.TagOf(list.Manifest));
        CanonicalJson.Deserialize<OciManifest>(await _world.Store.Blobs.ReadAsync(signature, CancellationToken.None))
            .Subject!.MediaType.ShouldBe(OciIndex.Empty.MediaType);
    }

    public void Dispose() => _world.Dispose();

    private static byte[] Content(string architecture) => Encoding.UTF8.GetBytes($$"""{"of": "{{architecture}}"}""");

    private async Task<VersionImage?> ListAsync() =>
        await ImageList.MakeAsync(
            _world.Store, "BikeDemand", 1, await ImageList.FindAsync(_world.Store, "BikeDemand", 1, CancellationToken.None),
            CancellationToken.None);

    private async Task TagAsync(ImagePlatform platform) => await OciLayout.TagAsync(
        _world.Store, ImageName.Of("BikeDemand", 1, platform),
        (await _world.Store.Blobs.PutAsync(Content(platform.Architecture), CancellationToken.None)).Digest, null, CancellationToken.None);
}
