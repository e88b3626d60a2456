using MlOpsBuild.Store.Git;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>The project's own clone is never touched, though the team's state is on a branch of its origin.</summary>
public sealed class UntouchedRepositoryTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(null, true)]
    [InlineData(1, true)]
    public async Task A_clone_is_the_same_after_exchanges(int? depth, bool detached)
    {
        using var team = await TeamFixture.CreateAsync();
        await team.Remote.CommitAsync([(".gitignore", ".mlops/\n"), ("a", "1"), ("b", "1")], "first", CancellationToken.None);
        await team.Remote.CommitAsync([("a", "2")], "second", CancellationToken.None);
        var clone = await team.Remote.CloneAsync("project", depth, detached, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(clone.Folder, "a"), "not committed");
        await File.WriteAllTextAsync(Path.Combine(clone.Folder, "c"), "staged");
        await File.WriteAllTextAsync(Path.Combine(clone.Folder, "d"), "unknown");
        await clone.RunAsync(["add", "c"], CancellationToken.None);
        var before = await StateOfAsync(clone);
        var other = await team.MachineAsync("other");
        var theirs = await other.SaveRunAsync(3);
        await other.SendAsync();
        var options = await RemoteOptions.ForProjectAsync("git", clone.Folder, team.Variables(), "tester", CancellationToken.None);
        var machine = Machine.Join(clone.Folder, options, TimeProvider.System, team.Remote.Git);
        var mine = await machine.SaveRunAsync(4);

        await machine.SendAsync();
        await machine.ReceiveAsync();

        (await StateOfAsync(clone)).ShouldBe(before);
        (await machine.RunAsync(theirs)).ShouldNotBeNull().Rows.ShouldBe(3);
        await other.ReceiveAsync();
        (await other.RunAsync(mine)).ShouldNotBeNull().Rows.ShouldBe(4);
    }

    [Fact]
    public async Task Other_branches_of_the_remote_are_not_touched()
    {
        using var team = await TeamFixture.CreateAsync();
        var commit = await team.Remote.CommitAsync([("a", "1")], "first", CancellationToken.None);
        var machine = await team.MachineAsync("a");
        await machine.SaveRunAsync();

        await machine.SendAsync();

        (await team.Remote.RunAsync(["for-each-ref", "--format=%(refname) %(objectname)"], CancellationToken.None))
            .ShouldBe($"refs/heads/main {commit}\n{TeamFixture.Reference} {await team.HeadAsync()}");
    }

    [Fact]
    public async Task A_build_started_by_a_git_hook_does_not_take_the_hooks_repository_for_its_own()
    {
        using var team = await TeamFixture.CreateAsync();
        await team.Remote.CommitAsync([("a", "1")], "first", CancellationToken.None);
        var clone = await team.Remote.CloneAsync("project", CancellationToken.None);
        var before = await StateOfAsync(clone);
        var git = Path.Combine(clone.Folder, ".git");
        var machine = await team.MachineAsync("a", options => options with
        {
            Variables = new Dictionary<string, string>(options.Variables)
            {
                ["GIT_DIR"] = git, ["GIT_WORK_TREE"] = clone.Folder, ["GIT_INDEX_FILE"] = Path.Combine(git, "index")
            },
        });
        await machine.SaveRunAsync();

        await machine.SendAsync();

        (await StateOfAsync(clone)).ShouldBe(before);
    }

    [Fact]
    public async Task A_project_without_an_origin_is_told()
    {
        using var team = await TeamFixture.CreateAsync();
        Directory.CreateDirectory(team["none"]);
        await team.Remote.Git.RunAsync(team["none"], ["init", "--quiet"], CancellationToken.None);

        var problem = await Should.ThrowAsync<Core.UsageException>(() => RemoteOptions.ForProjectAsync(
            "git", team["none"], team.Variables(), "tester", CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("--remote git needs a repository with a remote called origin");
    }

    // Everything a user could notice, byte by byte.
    private static async Task<IReadOnlyDictionary<string, string>> StateOfAsync(GitClone clone)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["status"] = await clone.RunAsync(["--no-optional-locks", "status", "--porcelain=v2", "--branch"], CancellationToken.None),
            ["refs"] = await clone.RunAsync(["for-each-ref"], CancellationToken.None),
            ["objects"] = await clone.RunAsync(["count-objects", "--verbose"], CancellationToken.None),
        };
        foreach (var name in (string[])["HEAD", "index", "config", "shallow", "FETCH_HEAD", "packed-refs"])
        {
            var file = Path.Combine(clone.Folder, ".git", name);
            state[name] = File.Exists(file) ? GitObject.IdOf(await File.ReadAllBytesAsync(file)) : "none";
        }

        return state;
    }
}
