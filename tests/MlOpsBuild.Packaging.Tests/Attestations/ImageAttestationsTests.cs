using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Packaging.Attestations.Tests;

public sealed class ImageAttestationsTests : IDisposable
{
    private const string Name = "bikedemand:v3";
    private static readonly Digest Bundle = Digest.Of("bundle");
    private static readonly RunRecord Run = new()
    {
        Id = "run", Pipeline = "BikeDemand", Started = DateTimeOffset.UnixEpoch, Data = Digest.Of("data"), Seed = 7
    };
    private readonly SigningWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Signed_provenance_says_of_which_bundle_an_image_was_made_and_of_no_other()
    {
        var image = await _world.ImageAsync("one");

        await SignAsync(image, Provenance.PredicateType);

        (await SayAsync(image, Bundle), await SayAsync(image, Digest.Of("other")), await SayAsync(await _world.ImageAsync("two"), Bundle))
            .ShouldBe((true, false, false));
    }

    [Fact]
    public async Task Somebody_elses_provenance_or_none_says_nothing()
    {
        var image = await _world.ImageAsync("one");
        _world.SignWith(null);
        await SignAsync(image, Provenance.PredicateType);
        (await ImageAttestations.FindAsync(_world.Store, Name, CancellationToken.None)).ShouldBeNull();
        (await SayAsync(image, Bundle)).ShouldBeFalse();

        _world.SignWith(Trust.Create().Private);
        await SignAsync(image, Provenance.PredicateType);
        (await SayAsync(image, Bundle)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_statement_of_another_kind_is_no_provenance()
    {
        var image = await _world.ImageAsync("one");

        // Of the kind only the annotation says, which is not signed.
        await ImageAttestations.SignAsync(
            _world.Store, Name, image,
            new Dictionary<string, byte[]>
            {
                [Provenance.PredicateType] = Statement.Write(Name, image, SoftwareBill.PredicateType, new JsonObject())
            },
            CancellationToken.None);

        (await SayAsync(image, Bundle)).ShouldBeFalse();
    }

    [Fact]
    public async Task Statements_lie_where_cosign_looks_for_them()
    {
        var image = await _world.ImageAsync("one");
        await SignAsync(image, Provenance.PredicateType, SoftwareBill.PredicateType);

        var manifest = CanonicalJson.Deserialize<OciManifest>(await _world.Store.Blobs.ReadAsync(
            (await ImageAttestations.FindAsync(_world.Store, Name, CancellationToken.None))!.Value, CancellationToken.None));

        ImageAttestations.TagOf(image).ShouldBe($"sha256-{image.Hex}.att");
        manifest.Subject.ShouldNotBeNull().Digest.ShouldBe(image);
        manifest.Layers.Select(layer => layer.MediaType).Distinct().ShouldBe(["application/vnd.dsse.envelope.v1+json"]);
        manifest.Layers.Select(layer => layer.Annotations!["predicateType"])
            .ShouldBe(["https://cyclonedx.org/bom", "https://slsa.dev/provenance/v1"]);
        using var envelope = JsonDocument.Parse(await _world.Store.Blobs.ReadAsync(manifest.Layers[1].Digest, CancellationToken.None));
        using var statement = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        statement.RootElement.GetProperty("_type").GetString().ShouldBe("https://in-toto.io/Statement/v1");
    }

    [Fact]
    public async Task What_is_signed_keeps_its_signatures()
    {
        var image = await _world.ImageAsync("one");
        await SignAsync(image, Provenance.PredicateType);
        var first = await ImageAttestations.FindAsync(_world.Store, Name, CancellationToken.None);

        await SignAsync(image, Provenance.PredicateType);

        (await ImageAttestations.FindAsync(_world.Store, Name, CancellationToken.None)).ShouldBe(first);
    }

    private Task SignAsync(Digest image, params string[] kinds) => ImageAttestations.SignAsync(
        _world.Store, Name, image,
        kinds.ToDictionary(
            kind => kind,
            kind => kind == Provenance.PredicateType
                ? Provenance.Write(Name, image, Bundle, Digest.Of("model"), Run)
                : Statement.Write(Name, image, kind, new JsonObject())),
        CancellationToken.None);

    private Task<bool> SayAsync(Digest image, Digest bundle) =>
        ImageAttestations.SayAsync(_world.Store, Name, image, bundle, _world.Keys, CancellationToken.None);
}
