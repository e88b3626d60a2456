using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Small content travels on the branch with the facts that name it, and is what its name says where it arrives.</summary>
public sealed class BlobsOnTheBranchTests
{
    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 10)]
    [InlineData(false, 200_000)]
    [InlineData(true, 200_000)]
    public async Task Content_travels_and_is_fetched_when_it_is_asked_for(bool allowFilters, int length)
    {
        using var team = await TeamFixture.CreateAsync(allowFilters);
        var a = await team.MachineAsync("a");
        var content = Content(length);
        var digest = await StoreAsync(a, content);
        (await a.SendAsync()).BlobsSent.ShouldBe(1);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        b.Store.Blobs.Contains(digest).ShouldBeFalse();

        (await b.Store.Blobs.ReadAsync(digest, CancellationToken.None)).ShouldBe(content);

        (await b.Store.Blobs.VerifyAsync(digest, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Content_of_exactly_the_limit_travels_and_larger_content_stays_and_is_told()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a", options => options with { BlobLimit = 100 });
        var small = await StoreAsync(a, Content(100));
        var large = await StoreAsync(a, Content(101));

        var report = await a.SendAsync();

        var oversized = report.Oversized.ShouldHaveSingleItem();
        (oversized.Digest, oversized.Size).ShouldBe((large, 101));
        report.BlobsSent.ShouldBe(1);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.Store.Blobs.EnsureAsync(small, CancellationToken.None)).ShouldBeTrue();
        (await b.Store.Blobs.EnsureAsync(large, CancellationToken.None)).ShouldBeFalse();
        (await b.Store.Runs.OfAsync(Machine.Pipeline, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Content_the_team_has_is_not_sent_again()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await StoreAsync(a, Content(10));
        await a.SendAsync();
        await StoreAsync(a, Content(10));

        (await a.SendAsync()).BlobsSent.ShouldBe(0);
    }

    [Fact]
    public async Task Content_that_is_not_what_its_name_says_is_refused()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var digest = await StoreAsync(a, Content(10));
        await a.SendAsync();
        await team.EditAsync((LocalFacts.BlobPath(digest.Hex), "something else"));
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();

        (await b.Store.Blobs.EnsureAsync(digest, CancellationToken.None)).ShouldBeFalse();

        b.Store.Blobs.Contains(digest).ShouldBeFalse();
        await Should.ThrowAsync<StageFailedException>(() => b.Store.Blobs.ReadAsync(digest, CancellationToken.None));
    }

    [Fact]
    public async Task Content_that_was_damaged_here_comes_back()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var digest = await StoreAsync(a, Content(10));
        await a.SendAsync();
        await File.WriteAllTextAsync(a.Store.Blobs.PathOf(digest), "damaged");

        (await a.Store.Blobs.EnsureAsync(digest, CancellationToken.None)).ShouldBeTrue();

        (await a.Store.Blobs.ReadAsync(digest, CancellationToken.None)).ShouldBe(Content(10));
    }

    [Fact]
    public async Task One_damaged_blob_does_not_keep_other_facts()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var damaged = await StoreAsync(a, Content(1));
        await StoreAsync(a, Content(2));
        await File.WriteAllTextAsync(a.Store.Blobs.PathOf(damaged), "damaged");

        var report = await a.PublishAsync();

        report.Findings.ShouldHaveSingleItem().Where.ShouldBe(a.Store.Blobs.PathOf(damaged));
        report.Unsent.ShouldBe(1);
        (await team.FilesAsync()).Count(file => file.StartsWith("runs/", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static byte[] Content(int length) => Encoding.ASCII.GetBytes(new string('a', length));

    // Stores content and a run that names it.
    private static async Task<Digest> StoreAsync(Machine machine, byte[] content)
    {
        var digest = (await machine.Store.Blobs.PutAsync(content, CancellationToken.None)).Digest;
        await machine.Store.Runs.SaveAsync(
            new()
            {
                Id = machine.Store.Runs.NewId(DateTimeOffset.UtcNow), Pipeline = Machine.Pipeline, Started = DateTimeOffset.UnixEpoch,
                Evidence = digest
            },
            CancellationToken.None);
        return digest;
    }
}
