using MlOpsBuild.Store.Content;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>What a build wrote reaches the team, whatever others wrote and wherever it was killed.</summary>
public sealed class LostUpdatesTests
{
    [Fact]
    public async Task A_run_updated_before_a_pull_is_still_sent()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        var id = await a.SaveRunAsync(1);
        await a.SendAsync();
        await a.SaveRunAsync(id, 2);
        await b.SaveRunAsync(7);
        await b.SendAsync();

        await a.ReceiveAsync();
        await a.SendAsync();

        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_updated_before_a_contested_push_is_still_sent()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        var id = await a.SaveRunAsync(1);
        await a.SendAsync();
        await b.SaveRunAsync(7);
        await b.SendAsync();
        await a.SaveRunAsync(id, 2);

        (await a.SendAsync()).Attempts.ShouldBeGreaterThan(1);

        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_updated_after_a_push_that_landed_unnoticed_keeps_its_newer_state()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        var before = await a.AgreedAsync();
        var id = await a.SaveRunAsync(1);
        await a.SendAsync();
        await a.ForgetSinceAsync(before);
        a = await team.MachineAsync("a");
        await a.SaveRunAsync(id, 2);

        await a.SendAsync();

        (await a.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_written_before_and_renamed_after_an_exchange_is_sent()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var id = await a.SaveRunAsync(1);
        await a.SendAsync();
        var file = Directory.GetFiles(a.FileOf("runs"), "*.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(
            file + ".tmp", (await File.ReadAllTextAsync(file)).Replace("\"rows\": 1", "\"rows\": 2", StringComparison.Ordinal));
        await a.SaveRunAsync(5);
        await a.SendAsync();

        File.Move(file + ".tmp", file, overwrite: true);
        await a.SendAsync();

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Both_machines_keep_their_own_runs()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        var first = await a.SaveRunAsync(1);
        var second = await b.SaveRunAsync(2);

        await a.SendAsync();
        await b.SendAsync();
        await a.ReceiveAsync();

        foreach (var machine in (Machine[])[a, b])
        {
            (await machine.RunAsync(first)).ShouldNotBeNull().Rows.ShouldBe(1);
            (await machine.RunAsync(second)).ShouldNotBeNull().Rows.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_git_does_not_stop_an_exchange()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        var b = await team.MachineAsync("b");
        var id = await b.SaveRunAsync(3);
        await b.SendAsync();
        await File.WriteAllTextAsync(Path.Combine(a.StateFolder, "refs", "mlops", "merged.lock"), "");

        await a.ReceiveAsync();

        (await a.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(3);
    }

    [Fact]
    public async Task Builds_that_register_in_one_folder_while_others_merge_lose_nothing()
    {
        const int Each = 5;
        string[] names = ["a", "b", "c"];
        using var team = await TeamFixture.CreateAsync();

        await Task.WhenAll(WorkAsync("a", "shared"), WorkAsync("b", "shared"), WorkAsync("c", "other"));

        var fresh = await team.MachineAsync("fresh");
        await fresh.ReceiveAsync();
        var bundles = names.SelectMany(name => Enumerable.Range(0, Each).Select(count => $"{name}-{count}")).ToArray();
        (await fresh.VersionsAsync(bundles)).Select(version => version.Split('=')[1]).Order(StringComparer.Ordinal).ShouldBe(bundles);
        (await fresh.Versions.AllAsync(CancellationToken.None)).Select(version => version.Number)
            .ShouldBe(Enumerable.Range(1, bundles.Length));

        async Task WorkAsync(string name, string folder)
        {
            var machine = await team.MachineAsync(folder);
            for (var count = 0; count < Each; count++)
            {
                await machine.RegisterAsync($"{name}-{count}");
            }
        }
    }

    [Fact]
    public async Task A_version_registered_after_the_fetch_and_before_the_merge_gets_a_number_of_its_own()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new("ci", "secret", GitHttpRight.Write)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        await (await team.MachineAsync("b")).RegisterAsync("theirs");
        var a = await team.MachineAsync("a", server.UrlFor("team.git", "ci", "secret").AbsoluteUri);

        Task<SyncReport> pull;
        using (await FileLock.AcquireAsync(
            a.FileOf($"registry/{Machine.Pipeline}/registry.lock"), TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None))
        {
            pull = a.PullAsync();
            await server.FirstRequestAsync(
                request => request is { IsFetch: true, Method: "POST", Status: not null }, CancellationToken.None);
            pull.IsCompleted.ShouldBeFalse();
            var mine = MlOpsStore.At(team["mine"], TimeProvider.System);
            await mine.Versions(Machine.Pipeline).RegisterAsync(Machine.Version("mine"), Core.Digest.Of("mine"), CancellationToken.None);
            Directory.CreateDirectory(Path.GetDirectoryName(a.VersionFile(1))!);
            File.Copy(Path.Combine(mine.Folder, Path.GetRelativePath(a.Store.Folder, a.VersionFile(1))), a.VersionFile(1));
        }

        (await pull).Renumbered.ShouldBe([new(Machine.Pipeline, 1, 2)]);
        (await a.VersionsAsync("theirs", "mine")).ShouldBe(["1=theirs", "2=mine"]);
    }
}
