using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class ApprovalStoreTests : IDisposable
{
    private static readonly Digest Bundle = Digest.Of("bundle");
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Approvals_of_a_version_come_in_the_order_they_were_given()
    {
        var store = Open(Trust.None);
        await SaveAsync(store, "bob");
        await SaveAsync(store, "ada", withdraws: true);
        await SaveAsync(store, "eve", Digest.Of("another"));

        var found = await store.OfAsync("Tiny", "local", Bundle, CancellationToken.None);

        found.Select(approval => (approval.Actor, approval.Withdraws)).ShouldBe([("bob", false), ("ada", true)]);
        found[0].Names.ShouldBe(["github:bob"]);
        (await store.OfAsync("Tiny", "docker", Bundle, CancellationToken.None)).ShouldBeEmpty();
        (await store.OfAsync("Other", "local", Bundle, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_keys_are_trusted_only_what_they_signed_is_there()
    {
        var (team, stranger) = (Trust.Create(), Trust.Create());
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".nuke/keys"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, ".nuke/keys/team.pem"), team.Public);

        await SaveAsync(Open(With(team.Private)), "ada");
        await SaveAsync(Open(With(stranger.Private)), "mallory");

        var found = (await Open(With(null)).OfAsync("Tiny", "local", Bundle, CancellationToken.None)).ShouldHaveSingleItem();
        (found.Actor, found.Signature!.Key).ShouldBe(("ada", team.Name));
    }

    /// <summary>It may be the one that takes the others back.</summary>
    [Fact]
    public async Task One_that_cannot_be_read_lets_nothing_through()
    {
        var store = Open(Trust.None);
        await SaveAsync(store, "ada");
        var folder = Directory.GetDirectories(Path.Combine(_folder.Path, ".mlops", "approvals")).Single();
        await File.WriteAllTextAsync(Path.Combine(folder, "torn.json"), "{");

        (await Should.ThrowAsync<StageFailedException>(store.OfAsync("Tiny", "local", Bundle, CancellationToken.None)))
            .Findings.Single().What.ShouldBe("An approval cannot be read");
    }

    [Fact]
    public async Task Without_trusted_keys_a_signature_proves_nothing()
    {
        await SaveAsync(Open(With(Trust.Create().Private)), "ada");

        (await Open(Trust.None).OfAsync("Tiny", "local", Bundle, CancellationToken.None)).Single().Signature.ShouldBeNull();
    }

    private ApprovalStore Open(Trust trust)
    {
        var store = MlOpsStore.At(_folder.Path, _time);
        store.Trust = trust;
        return new(store);
    }

    private Trust With(string? key) => Trust.Of(
        _folder.Path, "local", key == null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Trust.Variable] = key });

    private Task SaveAsync(ApprovalStore store, string actor, Digest? bundle = null, bool withdraws = false, string[]? names = null) =>
        store.SaveAsync(
            new()
            {
                Id = store.NewId(_time.GetUtcNow()), Pipeline = "Tiny", Environment = "local", Bundle = bundle ?? Bundle, Actor = actor,
                Names = names ?? [$"github:{actor}"], Reason = "looks good", At = _time.GetUtcNow(), Until = _time.GetUtcNow().AddDays(7),
                Withdraws = withdraws,
            },
            CancellationToken.None);
}
