using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class ManifestTransferTests : IDisposable
{
    private static readonly byte[] Manifest = """{"schemaVersion":2}"""u8.ToArray();
    private readonly RegistryWorld _world = new();

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Its_bytes_and_media_type_are_kept()
    {
        var digest = await PushAsync("v1");

        digest.ShouldBe(Digest.Of(Manifest));
        Registry.Manifests["v1"].MediaType.ShouldBe(OciManifest.ManifestType);
        Registry.Manifests["v1"].Content.ShouldBe(Manifest);
        (await PullAsync("v1")).ShouldBe(Manifest);
        (await PullAsync(digest.ToString())).ShouldBe(Manifest);
    }

    [Fact]
    public async Task One_that_is_absent_is_none() => (await PullAsync("v1")).ShouldBeNull();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Other_content_than_its_digest_says_is_refused(bool byTag)
    {
        await PushAsync("v1");
        var digest = Digest.Of(Manifest).ToString();
        Registry.Before = _ => FakeRegistry.Answer(200, "changed", ("Docker-Content-Digest", digest));

        var failure = await Should.ThrowAsync<StageFailedException>(PullAsync(byTag ? "v1" : digest));

        var finding = failure.Findings.ShouldHaveSingleItem();
        (finding.Value, finding.Expected).ShouldBe((Digest.Of("changed").ToString(), digest));
    }

    [Fact]
    public async Task A_digest_asked_for_counts_more_than_the_one_that_is_announced()
    {
        Registry.Before = _ => FakeRegistry.Answer(200, "changed", ("Docker-Content-Digest", Digest.Of("changed").ToString()));

        await Should.ThrowAsync<StageFailedException>(PullAsync(Digest.Of(Manifest).ToString()));
    }

    [Fact]
    public async Task A_registry_that_announces_no_digest_is_believed_for_a_tag()
    {
        Registry.Before = _ => FakeRegistry.Answer(200, "text");

        (await PullAsync("v1")).ShouldBe("text"u8.ToArray());
    }

    [Fact]
    public async Task A_registry_that_stores_something_else_is_told_so()
    {
        Registry.Before = _ => FakeRegistry.Answer(201, "", ("Docker-Content-Digest", Digest.Of("converted").ToString()));

        (await Should.ThrowAsync<StageFailedException>(PushAsync("v1")))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The registry stored another manifest than was sent");
    }

    [Fact]
    public async Task One_that_is_larger_than_any_is_not_read_to_its_end()
    {
        Registry.Before = _ =>
        {
            var response = FakeRegistry.Answer(200);
            response.Content = new ByteArrayContent(new byte[(16 << 20) + 1]);
            return response;
        };

        (await Should.ThrowAsync<StageFailedException>(PullAsync("v1")))
            .Findings.ShouldHaveSingleItem()
            .Expected.ShouldBe("at most 16 MiB");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await PushAsync("v1");
        Registry.Before = _ =>
        {
            if (Registry.Exchanges.Count > 2)
            {
                return null;
            }

            var response = FakeRegistry.Answer(200);
            response.Content = new StreamContent(new CutStream(Manifest, 5));
            return response;
        };

        (await PullAsync("v1")).ShouldBe(Manifest);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("sha256:abc")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public async Task What_is_neither_tag_nor_digest_is_refused_before_anything_is_sent(string reference)
    {
        await Should.ThrowAsync<UsageException>(() => PullAsync(reference));
        await Should.ThrowAsync<UsageException>(() => PushAsync(reference));

        Registry.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_x")]
    [InlineData("V1.2-rc_3")]
    public async Task Tags_of_the_specification_are_taken(string tag)
    {
        await PushAsync(tag);

        (await _world.Client.TagsAsync(CancellationToken.None)).ShouldBe([tag]);
    }

    [Fact]
    public async Task A_tag_may_be_128_characters_long()
    {
        await PushAsync(new('a', 128));

        await Should.ThrowAsync<UsageException>(() => PushAsync(new('a', 129)));
    }

    private Task<Digest> PushAsync(string tag) =>
        _world.Client.PushManifestAsync(tag, Manifest, OciManifest.ManifestType, CancellationToken.None);

    private Task<byte[]?> PullAsync(string reference) => _world.Client.PullManifestAsync(reference, CancellationToken.None);
}
