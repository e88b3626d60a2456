using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.TestKit.Tests;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    private CancellationToken Token => _limit.Token;

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task A_commit_made_in_the_repository_is_what_a_clone_finds()
    {
        using var repository = await GitRepository.CreateAsync(Token);
        await repository.CommitAsync([("folder/one two.txt", "first\n"), ("gone.txt", "x")], "first", Token);
        var commit = await repository.CommitAsync([("zwölf.txt", "zwölf"), ("gone.txt", null)], "second\n\nwith a body", Token);

        var clone = await repository.CloneAsync("clone", Token);

        (await clone.RunAsync(["rev-parse", "HEAD"], Token)).ShouldBe(commit);
        (await clone.RunAsync(["log", "--format=%s|%an <%ae>|%cn <%ce>"], Token)).Split('\n')
            .ShouldBe(
            [
                "second|Tester <tester@example.invalid>|Tester <tester@example.invalid>",
                "first|Tester <tester@example.invalid>|Tester <tester@example.invalid>"
            ]);
        File.ReadAllText(Path.Combine(clone.Folder, "folder/one two.txt")).ShouldBe("first\n");
        File.ReadAllText(Path.Combine(clone.Folder, "zwölf.txt")).ShouldBe("zwölf");
        File.Exists(Path.Combine(clone.Folder, "gone.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_commit_of_a_clone_of_an_empty_repository_is_on_main()
    {
        using var repository = await GitRepository.CreateAsync(Token);
        var clone = await repository.CloneAsync("clone", Token);

        var commit = await clone.CommitAsync([("a.txt", "1")], "first", Token);
        await clone.RunAsync(["push", "--quiet", "origin", "HEAD"], Token);

        (await repository.RunAsync(["for-each-ref", "--format=%(objectname) %(refname)"], Token)).ShouldBe($"{commit} refs/heads/main");
    }

    [Fact]
    public async Task A_commit_of_a_clone_has_what_was_changed_around_it_too_and_may_be_empty()
    {
        using var repository = await GitRepository.CreateAsync(Token);
        var clone = await repository.CloneAsync("clone", Token);
        File.WriteAllText(Path.Combine(clone.Folder, "by-hand.txt"), "1");
        await clone.CommitAsync([("a/b.txt", "1"), ("c.txt", "1")], "first", Token);
        var second = await clone.CommitAsync([("c.txt", null)], "second", Token);

        (await clone.RunAsync(["ls-tree", "-r", "--name-only", "HEAD"], Token)).ShouldBe("a/b.txt\nby-hand.txt");
        (await clone.CommitAsync([], "nothing", Token)).ShouldNotBe(second);
    }

    [Fact]
    public async Task The_same_commands_give_the_same_commits_and_no_two_are_equal()
    {
        var histories = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            using var repository = await GitRepository.CreateAsync(Token);
            await repository.CommitAsync([("a.txt", "1")], "same", Token);
            var clone = await repository.CloneAsync("clone", Token);
            await clone.CommitAsync([], "same", Token);
            await clone.RunAsync(["reset", "--quiet", "--hard", "HEAD~1"], Token);
            await clone.CommitAsync([], "same", Token);
            histories.Add(await clone.RunAsync(["rev-list", "--reflog", "HEAD"], Token));
        }

        histories[0].ShouldBe(histories[1]);
        histories[0].Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_shallow_detached_clone_is_as_a_build_server_leaves_it()
    {
        using var repository = await GitRepository.CreateAsync(Token);
        await repository.CommitAsync([("a.txt", "1")], "first", Token);
        var commit = await repository.CommitAsync([("a.txt", "2")], "second", Token);

        var clone = await repository.CloneAsync("clone", depth: 1, detached: true, Token);

        (await clone.RunAsync(["rev-list", "--all", "HEAD"], Token)).ShouldBe(commit);
        (await clone.RunAsync(["for-each-ref", "refs/heads"], Token)).ShouldBeEmpty();
        (await Should.ThrowAsync<GitException>(() => clone.RunAsync(["symbolic-ref", "HEAD"], Token)))
            .StandardError.ShouldContain("not a symbolic ref");
    }

    [Fact]
    public async Task A_clone_may_be_anywhere()
    {
        using var elsewhere = new TemporaryFolder();
        using var repository = await GitRepository.CreateAsync(Token);

        (await repository.CloneAsync(elsewhere["clone"], Token)).Folder.ShouldBe(elsewhere["clone"]);
        Directory.Exists(elsewhere["clone/.git"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filter_leaves_out_large_files_only_where_it_is_allowed(bool allowed)
    {
        using var repository = await GitRepository.CreateAsync(allowed, Token);
        await repository.CommitAsync([("small.txt", "1"), ("large.txt", new string('x', 2000))], "first", Token);
        var reader = await repository.CloneAsync("reader", Token);
        await repository.CommitAsync([("small.txt", "2"), ("large.txt", new string('y', 2000))], "second", Token);

        await reader.RunAsync(
            ["fetch", "--quiet", "--no-write-fetch-head", "--filter=blob:limit=1k", "--depth=1", "origin", "main"], Token);

        var missing = await reader.RunAsync(["rev-list", "--objects", "--missing=print", "origin/main"], Token);
        missing.Split('\n').Count(line => line.StartsWith('?')).ShouldBe(allowed ? 1 : 0);
    }

    [Fact]
    public async Task A_command_that_fails_says_what_git_said()
    {
        using var repository = await GitRepository.CreateAsync(Token);

        var exception = await Should.ThrowAsync<GitException>(() => repository.RunAsync(["rev-parse", "--verify", "nothing"], Token));

        exception.ExitCode.ShouldBe(128);
        exception.StandardError.ShouldBe("fatal: Needed a single revision\n");
        exception.Message.ShouldBe("git rev-parse --verify nothing ended with 128: fatal: Needed a single revision\n");
    }

    [Fact]
    public async Task A_refused_push_says_which_reference()
    {
        using var repository = await GitRepository.CreateAsync(Token);
        var first = await repository.CommitAsync([], "first", Token);
        var clone = await repository.CloneAsync("clone", Token);
        await repository.CommitAsync([], "second", Token);
        await clone.CommitAsync([], "other second", Token);

        var exception = await Should.ThrowAsync<GitException>(
            () => clone.RunAsync(
                ["push", "--porcelain", $"--force-with-lease=refs/heads/main:{first}", "origin", "HEAD:refs/heads/main"], Token));

        exception.ExitCode.ShouldBe(1);
        exception.StandardOutput.ShouldContain("!\tHEAD:refs/heads/main\t[rejected] (stale info)\n");
    }

    [Fact]
    public async Task Nothing_of_the_machine_is_seen()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string?>
        {
            ["GIT_DIR"] = "/elsewhere", ["GIT_CONFIG_GLOBAL"] = "/etc/gitconfig", ["https_proxy"] = "http://proxy",
            ["HTTP_PROXY"] = "http://proxy", ["HOME"] = "/root", ["PATH"] = "/bin",
        };
        var client = new GitClient(folder["home"]);

        client.ApplyTo(environment);

        environment.Keys.ShouldNotContain("GIT_DIR");
        environment.Keys.ShouldNotContain("GIT_CONFIG_GLOBAL");
        environment.Keys.ShouldNotContain(name => name.EndsWith("proxy", StringComparison.OrdinalIgnoreCase));
        environment["HOME"].ShouldBe(folder["home"]);
        environment["PATH"].ShouldBe("/bin");
        (await client.RunAsync(folder.Path, ["config", "--show-scope", "--list"], Token)).Split('\n')
            .ShouldAllBe(line => line.StartsWith("command\t", StringComparison.Ordinal));
        Directory.EnumerateFileSystemEntries(folder["home"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_command_is_killed_with_what_it_started()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var repository = await GitRepository.CreateAsync(Token);
        using var line = new HeldLine();

        // Its output stays open for as long as anything of it lives, so the end of the command is the end of its children.
        var running = repository.RunAsync(["-c", $"alias.held=!git ls-remote {line.Address}", "held"], cancelled.Token);
        using var held = await line.AnswerAsync(Token);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await held.ClosedAsync(Token);
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        var repository = await GitRepository.CreateAsync(Token);
        var clone = await repository.CloneAsync("clone", Token);
        repository.FileUrl.AbsoluteUri.ShouldBe($"file://{repository.Folder}");

        repository.Dispose();

        Directory.Exists(Path.GetDirectoryName(repository.Folder)).ShouldBeFalse();
        Directory.Exists(clone.Folder).ShouldBeFalse();
    }
}
