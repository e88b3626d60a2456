using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Bundles.Tests;

public sealed class BundleStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Equal_inputs_in_different_stores_and_orders_give_equal_bytes()
    {
        await RunAsync(await BundleExample.StoreAsync(Store("one")), "first");
        await RunAsync(await BundleExample.StoreAsync(Store("two"), reversed: true), "second");

        foreach (var file in (string[])["manifest.json", "description.json", "card.md"])
        {
            File.ReadAllBytes(_folder[$"second/{file}"]).ShouldBe(File.ReadAllBytes(_folder[$"first/{file}"]));
        }
    }

    [Fact]
    public async Task The_result_is_the_manifests_digest_and_nothing_but_its_three_files_is_written()
    {
        var result = await RunAsync(await BundleExample.StoreAsync(Store("one")), "output");

        result.ShouldBe(Digest.Of(File.ReadAllBytes(_folder["output/manifest.json"])));
        Directory.GetFileSystemEntries(_folder["output"]).Select(Path.GetFileName)
            .ShouldBe(["card.md", "description.json", "manifest.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_part_has_its_own_digest_in_the_key()
    {
        var input = await BundleExample.StoreAsync(Store("one"));
        var keys = new List<string> { Key(input) };
        foreach (var part in input.Parts.Keys)
        {
            var artifact = await Store("one").Blobs.PutAsync("other content"u8.ToArray(), CancellationToken.None);
            keys.Add(Key(input with { Parts = new Dictionary<BundlePart, Artifact>(input.Parts) { [part] = artifact } }));
        }

        keys.ShouldBeUnique();
        keys.Count.ShouldBe(6);
    }

    [Fact]
    public async Task The_description_is_in_the_key_and_where_parts_lie_is_not()
    {
        var input = await BundleExample.StoreAsync(Store("one"));

        Key(input with { Description = input.Description with { Simulated = false } }).ShouldNotBe(Key(input));
        Key(await BundleExample.StoreAsync(Store("two"), reversed: true)).ShouldBe(Key(input));
    }

    [Fact]
    public async Task Gates_are_in_the_key_because_the_card_shows_them()
    {
        var input = await BundleExample.StoreAsync(Store("one"));

        Key(input with { Gates = [] }).ShouldNotBe(Key(input));
    }

    [Fact]
    public void Media_types_of_parts_differ() => Enum.GetValues<BundlePart>().Select(BundleStage.MediaTypeOf).ShouldBeUnique();

    private static string Key(BundleInput input) =>
        string.Join('\n', new BundleStage().Key(input).Select(part => $"{part.Name}={part.Value}"));

    private MlOpsStore Store(string name) => MlOpsStore.At(_folder[name], new ManualTime());

    private Task<Digest> RunAsync(BundleInput input, string output)
    {
        Directory.CreateDirectory(_folder[output]);
        return new BundleStage().RunAsync(input, _folder[output], new Progress<string>(), CancellationToken.None);
    }
}
