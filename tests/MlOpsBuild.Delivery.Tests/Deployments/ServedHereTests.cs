using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

/// <summary>What a machine remembers of itself, whatever its team says.</summary>
public sealed class ServedHereTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _store;

    public ServedHereTests() => _store = MlOpsStore.At(_folder.Path, new ManualTime());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bundle_that_served_is_remembered_on_its_environment()
    {
        var (one, two) = (Digest.Of("one"), Digest.Of("two"));
        await ServedHere.AddAsync(_store, "local", one, CancellationToken.None);
        await ServedHere.AddAsync(_store, "local", one, CancellationToken.None);
        await ServedHere.AddAsync(_store, "local", two, CancellationToken.None);

        (ServedHere.Has(_store, "local", one), ServedHere.Has(_store, "local", two)).ShouldBe((true, true));
        (ServedHere.Has(_store, "docker", one), ServedHere.Has(_store, "local", Digest.Of("three"))).ShouldBe((false, false));
    }

    /// <summary>What it would let through is asked about then.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_read_remembers_nothing()
    {
        await ServedHere.AddAsync(_store, "local", Digest.Of("one"), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, "served", "local.json"), "{");

        ServedHere.Has(_store, "local", Digest.Of("one")).ShouldBeFalse();
        await ServedHere.AddAsync(_store, "local", Digest.Of("two"), CancellationToken.None);
        ServedHere.Has(_store, "local", Digest.Of("two")).ShouldBeTrue();
    }
}
