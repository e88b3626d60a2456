using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Versions.Tests;

public sealed class VersionRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Versions_are_numbered_from_one_and_listed_oldest_first()
    {
        for (var bundle = 1; bundle <= 11; bundle++)
        {
            (await RegisterAsync($"bundle {bundle}")).Number.ShouldBe(bundle);
        }

        (await Registry().AllAsync(CancellationToken.None)).Select(version => version.Number).ShouldBe(Enumerable.Range(1, 11));
    }

    [Fact]
    public async Task A_version_comes_back_as_it_was_registered()
    {
        var registered = await RegisterAsync("bundle");

        (await Registry().AllAsync(CancellationToken.None)).ShouldBe([registered]);
        registered.Bundle.ShouldBe(Digest.Of("bundle"));
        registered.TestedAgainst.ShouldBe(Digest.Of("champion"));
    }

    [Fact]
    public async Task The_same_bundle_is_registered_once()
    {
        var first = await RegisterAsync("bundle");
        await RegisterAsync("other");
        _time.Advance(TimeSpan.FromDays(1));

        var again = await RegisterAsync("bundle", run: "a later run");

        again.ShouldBe(first);
        (await Registry().AllAsync(CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Twenty_registrations_at_once_lose_nothing_and_get_distinct_numbers()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 20).Select(bundle => Task.Run(() => RegisterAsync($"bundle {bundle}"))));

        registered.Select(version => version.Number).Order().ShouldBe(Enumerable.Range(1, 20));
        (await Registry().AllAsync(CancellationToken.None)).ShouldBe(registered.OrderBy(version => version.Number));
    }

    [Fact]
    public async Task Twenty_registrations_of_one_bundle_at_once_give_one_version()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 20).Select(run => Task.Run(() => RegisterAsync("bundle", $"run {run}"))));

        registered.Distinct().ShouldHaveSingleItem();
        (await Registry().AllAsync(CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_killed_writer_left_behind_is_not_a_version()
    {
        await RegisterAsync("bundle");
        File.WriteAllText(_folder[".mlops/registry/Demand/versions/00002.json.4711-0123456789abcdef.tmp"], "{ half");

        (await RegisterAsync("other")).Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_while_a_version_is_made_registers_nothing_and_lets_go_of_the_registry()
    {
        await Should.ThrowAsync<InvalidOperationException>(
            Registry().RegisterAsync(_ => throw new InvalidOperationException("broke"), Digest.Of("bundle"), CancellationToken.None));

        (await RegisterAsync("bundle")).Number.ShouldBe(1);
    }

    private VersionRegistry Registry() => MlOpsStore.At(_folder.Path, _time).Versions("Demand");

    private Task<ModelVersion> RegisterAsync(string bundle, string run = "run") => Registry().RegisterAsync(
        number => new(number, Digest.Of(bundle), Digest.Of("model of " + bundle), run, _time.GetUtcNow(), true, Digest.Of("champion")),
        Digest.Of(bundle), CancellationToken.None);
}
