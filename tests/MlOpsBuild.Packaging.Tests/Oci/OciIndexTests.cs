using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Oci.Tests;

public sealed class OciIndexTests
{
    private static readonly OciDescriptor One = new(OciManifest.ManifestType, Digest.Of("one"), 3);
    private static readonly OciDescriptor Two = new(OciManifest.ManifestType, Digest.Of("two"), 4);

    [Fact]
    public void A_named_manifest_is_added_with_its_name()
    {
        var named = OciIndex.Empty.With("demand:1", One).Manifests.ShouldHaveSingleItem();

        (named.MediaType, named.Digest, named.Size).ShouldBe((One.MediaType, One.Digest, One.Size));
        named.Annotations.ShouldNotBeNull()["org.opencontainers.image.ref.name"].ShouldBe("demand:1");
    }

    [Fact]
    public void A_manifest_with_the_same_name_takes_the_place_of_the_earlier_one()
    {
        var index = OciIndex.Empty.With("demand:1", One).With("demand:2", One).With("demand:1", Two);

        Names(index).ShouldBe([("demand:2", One.Digest), ("demand:1", Two.Digest)], ignoreOrder: true);
    }

    [Fact]
    public void One_manifest_may_have_several_names()
    {
        var index = OciIndex.Empty.With("demand:1", One).With("demand:latest", One);

        Names(index).ShouldBe([("demand:1", One.Digest), ("demand:latest", One.Digest)]);
    }

    [Fact]
    public void Manifests_without_a_name_are_kept()
    {
        var index = (OciIndex.Empty with { Manifests = [One] }).With("demand:2", Two);

        index.Manifests.Select(manifest => manifest.Digest).ShouldBe([One.Digest, Two.Digest]);
    }

    [Fact]
    public void Adding_leaves_the_index_it_was_added_to_as_it_was()
    {
        var before = OciIndex.Empty.With("demand:1", One);

        before.With("demand:1", Two);

        Names(before).ShouldBe([("demand:1", One.Digest)]);
        OciIndex.Empty.Manifests.ShouldBeEmpty();
    }

    [Fact]
    public void Its_json_is_an_image_index()
    {
        using var json = JsonDocument.Parse(CanonicalJson.Serialize(OciIndex.Empty.With("demand:1", One)));

        json.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("mediaType").GetString().ShouldBe("application/vnd.oci.image.index.v1+json");
        var manifest = json.RootElement.GetProperty("manifests").EnumerateArray().ShouldHaveSingleItem();
        manifest.GetProperty("mediaType").GetString().ShouldBe("application/vnd.oci.image.manifest.v1+json");
        manifest.GetProperty("digest").GetString().ShouldBe(One.Digest.ToString());
        manifest.GetProperty("size").GetInt64().ShouldBe(3);
        manifest.TryGetProperty("artifactType", out _).ShouldBeFalse();
    }

    private static IEnumerable<(string? Name, Digest Digest)> Names(OciIndex index) =>
        index.Manifests.Select(manifest => (manifest.Annotations?.GetValueOrDefault(OciIndex.RefName), manifest.Digest));
}
