using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Bundles.Tests;

public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _store;

    public BundleTests() => _store = MlOpsStore.At(_folder.Path, new ManualTime());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_opened_bundle_says_what_was_packed()
    {
        var digest = await PackAsync();

        var bundle = await Bundle.OpenAsync(_store, digest, CancellationToken.None);

        bundle.Digest.ShouldBe(digest);
        CanonicalJson.Serialize(bundle.Description).ShouldBe(CanonicalJson.Serialize(BundleExample.Description));
    }

    [Theory]
    [InlineData(BundlePart.Model)]
    [InlineData(BundlePart.Rows)]
    [InlineData(BundlePart.Contract)]
    [InlineData(BundlePart.Profile)]
    [InlineData(BundlePart.Evidence)]
    public async Task Each_part_is_found_with_its_own_content(BundlePart part)
    {
        var bundle = await Bundle.OpenAsync(_store, await PackAsync(), CancellationToken.None);

        var artifact = await bundle.PartAsync(part, CancellationToken.None);

        File.ReadAllText(artifact.Path).ShouldBe(BundleExample.Content(part));
        artifact.Digest.ShouldBe(Digest.Of(BundleExample.Content(part)));
        bundle.DigestOf(part).ShouldBe(artifact.Digest);
    }

    [Fact]
    public async Task The_card_is_a_part()
    {
        var bundle = await Bundle.OpenAsync(_store, await PackAsync(), CancellationToken.None);

        File.ReadAllText((await bundle.PartAsync(BundlePart.Card, CancellationToken.None)).Path)
            .ShouldStartWith("# Model card: BikeDemand");
    }

    [Fact]
    public async Task A_bundle_that_is_not_there_is_missing_by_name()
    {
        var digest = Digest.Of("no bundle");

        var failure = await Should.ThrowAsync<StageFailedException>(Bundle.OpenAsync(_store, digest, CancellationToken.None));

        failure.Message.ShouldContain(digest.ToString());
    }

    [Fact]
    public async Task A_damaged_manifest_is_not_opened()
    {
        var digest = await PackAsync();
        File.AppendAllText(_store.Blobs.PathOf(digest), " ");

        (await Should.ThrowAsync<StageFailedException>(Bundle.OpenAsync(_store, digest, CancellationToken.None)))
            .Message.ShouldContain(digest.ToString());
    }

    [Fact]
    public async Task A_damaged_description_is_not_opened()
    {
        var digest = await PackAsync();
        var description = Digest.Of(CanonicalJson.Serialize(BundleExample.Description));
        File.AppendAllText(_store.Blobs.PathOf(description), " ");

        (await Should.ThrowAsync<StageFailedException>(Bundle.OpenAsync(_store, digest, CancellationToken.None)))
            .Message.ShouldContain(description.ToString());
    }

    [Fact]
    public async Task A_damaged_part_is_found_when_it_is_read_and_the_other_parts_are_still_read()
    {
        var bundle = await Bundle.OpenAsync(_store, await PackAsync(), CancellationToken.None);
        File.WriteAllText(_store.Blobs.PathOf(bundle.DigestOf(BundlePart.Model)), "another model");

        var failure = await Should.ThrowAsync<StageFailedException>(bundle.PartAsync(BundlePart.Model, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe(Digest.Of("another model").ToString());
        await bundle.PartAsync(BundlePart.Contract, CancellationToken.None);
    }

    [Fact]
    public async Task A_part_whose_content_is_gone_is_missing_by_name()
    {
        var bundle = await Bundle.OpenAsync(_store, await PackAsync(), CancellationToken.None);
        File.Delete(_store.Blobs.PathOf(bundle.DigestOf(BundlePart.Rows)));

        var failure = await Should.ThrowAsync<StageFailedException>(bundle.PartAsync(BundlePart.Rows, CancellationToken.None));

        failure.Message.ShouldContain(bundle.DigestOf(BundlePart.Rows).ToString());
    }

    [Fact]
    public async Task A_part_that_was_never_packed_is_missing_by_name()
    {
        var input = await BundleExample.StoreAsync(_store);
        var digest = await BundleExample.PackAsync(
            _store, input with { Parts = new Dictionary<BundlePart, Artifact> { [BundlePart.Model] = input.Parts[BundlePart.Model] } });
        var bundle = await Bundle.OpenAsync(_store, digest, CancellationToken.None);

        var failure = await Should.ThrowAsync<StageFailedException>(bundle.PartAsync(BundlePart.Profile, CancellationToken.None));

        failure.Message.ShouldContain("profile", Case.Insensitive);
    }

    private async Task<Digest> PackAsync() => await BundleExample.PackAsync(_store, await BundleExample.StoreAsync(_store));
}
