using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Tests;

public sealed class MlOpsStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opening_and_reading_an_absent_store_writes_nothing()
    {
        var store = MlOpsStore.At(_folder.Path, _time);

        (await store.Runs.OfAsync("Demand", CancellationToken.None)).ShouldBeEmpty();
        (await store.Versions("Demand").AllAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.Versions("Demand").ResolveAsync("champion", CancellationToken.None)).ShouldBeNull();
        (await store.Audit.ReadAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.Audit.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        store.Blobs.Contains(Digest.Of("absent")).ShouldBeFalse();

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void State_lies_below_the_root_in_a_folder_of_its_own() =>
        MlOpsStore.At(_folder.Path, _time).Folder.ShouldBe(_folder[".mlops"]);

    [Fact]
    public async Task A_named_lock_keeps_other_openings_of_the_same_store_out()
    {
        var store = MlOpsStore.At(_folder.Path, _time);
        var other = MlOpsStore.At(_folder.Path, _time);
        using (await store.LockAsync("deploy", TimeSpan.Zero, CancellationToken.None))
        {
            await Should.ThrowAsync<StageFailedException>(other.LockAsync("deploy", TimeSpan.Zero, CancellationToken.None));
        }

        using var later = await other.LockAsync("deploy", TimeSpan.Zero, CancellationToken.None);
    }

    [Fact]
    public async Task Locks_with_different_names_do_not_meet()
    {
        var store = MlOpsStore.At(_folder.Path, _time);

        using var one = await store.LockAsync("one", TimeSpan.Zero, CancellationToken.None);
        using var two = await store.LockAsync("two", TimeSpan.Zero, CancellationToken.None);
    }

    [Fact]
    public async Task Pipelines_have_registries_of_their_own()
    {
        var store = MlOpsStore.At(_folder.Path, _time);
        await store.Versions("Demand").RegisterAsync(
            number => new(number, Digest.Of("bundle"), Digest.Of("model"), "run", _time.GetUtcNow(), false, null), Digest.Of("bundle"),
            CancellationToken.None);

        (await store.Versions("Price").AllAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.Versions("Demand").AllAsync(CancellationToken.None)).Count.ShouldBe(1);
    }
}
