using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit.Git;
using Xunit.Abstractions;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Builds that write many facts each at once lose nothing; every night twenty of them, two hundred each.</summary>
public sealed class StressTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Nothing_is_lost_over_a_shared_folder()
    {
        using var team = await TeamFixture.CreateAsync();

        await WorkAsync(team, team.Remote.FileUrl.AbsoluteUri, 20, 200);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public Task Nothing_of_many_builds_is_lost_over_http_with_a_password() => OverHttpAsync(20, 200);

    [Fact]
    public Task Nothing_is_lost_over_http_with_a_password() => OverHttpAsync(4, 40);

    private async Task OverHttpAsync(int count, int operations)
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new("ci", "s3cret", GitHttpRight.Write)], CancellationToken.None);
        server.Serve("team.git", team.Remote);

        await WorkAsync(team, server.UrlFor("team.git", "ci", "s3cret").AbsoluteUri, count, operations);
    }

    private async Task WorkAsync(TeamFixture team, string address, int count, int operations)
    {
        var clock = Stopwatch.StartNew();
        var builds = new List<BusyBuild>();
        var machines = new List<Machine>();
        for (var number = 0; number < count; number++)
        {
            machines.Add(await team.MachineAsync($"machine-{number}", address));
            builds.Add(new(number, machines[^1]));
        }

        await Task.WhenAll(builds.Select(build => Task.Run(() => build.WorkAsync(operations))));
        output.WriteLine($"worked {clock.Elapsed.TotalSeconds:0.0} s, {builds.Sum(build => build.Attempts)} attempts, {await team.Remote.RunAsync(["rev-list", "--count", TeamFixture.Reference], CancellationToken.None)} commits");
        foreach (var machine in machines)
        {
            await machine.SendAsync();
        }

        var fresh = await team.MachineAsync("fresh", address);
        await fresh.ReceiveAsync();
        output.WriteLine($"all sent {clock.Elapsed.TotalSeconds:0.0} s");
        await VerifyAsync(fresh, builds);
        output.WriteLine($"verified {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static async Task VerifyAsync(Machine fresh, IReadOnlyList<BusyBuild> builds)
    {
        var runs = (await fresh.Store.Runs.OfAsync(Machine.Pipeline, CancellationToken.None)).Select(run => (run.Id, run.Rows ?? 0));
        Differences(runs, builds.SelectMany(build => build.Runs).Select(run => (run.Key, run.Value))).ShouldBeEmpty("runs");
        var versions = await fresh.Versions.AllAsync(CancellationToken.None);
        Differences(versions.Select(version => version.Number), Enumerable.Range(1, builds.Sum(build => build.Bundles.Count)))
            .ShouldBeEmpty("numbers");
        Differences(versions.Select(version => version.Bundle), builds.SelectMany(build => build.Bundles).Select(Digest.Of))
            .ShouldBeEmpty("bundles");
        (await fresh.Store.Audit.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        var audited = (await fresh.Store.Audit.ReadAsync(CancellationToken.None))
            .Where(entry => entry.Action == "deploy")
            .Select(entry => entry.Reason);
        Differences(audited, builds.SelectMany(build => build.Audited)).ShouldBeEmpty("audit");
        foreach (var alias in fresh.Versions.Aliases())
        {
            var history = await fresh.Versions.HistoryAsync(alias, CancellationToken.None);
            history.Select(move => move.From).ShouldBe([null, .. history.SkipLast(1).Select(move => move.To)]);
            Differences(history, builds.SelectMany(build => build.Moves).Where(move => move.Alias == alias)).ShouldBeEmpty(alias);
        }

        fresh.Versions.Aliases().Order(StringComparer.Ordinal)
            .ShouldBe(builds.SelectMany(build => build.Moves).Select(move => move.Alias).Distinct().Order(StringComparer.Ordinal));
        builds.ShouldContain(build => build.Moves.Count > 0);
        foreach (var digest in builds.SelectMany(build => build.Blobs).Distinct())
        {
            (await fresh.Store.Blobs.EnsureAsync(digest, CancellationToken.None)).ShouldBeTrue(digest.ToString());
        }
    }

    // What is on one side only, or more often; short, where comparing thousands of lines would drown the reader.
    private static IEnumerable<string> Differences<T>(IEnumerable<T> found, IEnumerable<T> expected)
        where T : notnull
    {
        var counts = found.CountBy(fact => fact).ToDictionary();
        foreach (var (fact, count) in expected.CountBy(fact => fact))
        {
            counts[fact] = counts.GetValueOrDefault(fact) - count;
        }

        return counts.Where(fact => fact.Value != 0).Take(20).Select(fact => $"{fact.Value:+0;-0} {fact.Key}");
    }
}
