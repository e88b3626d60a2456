using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Runs.Tests;

public sealed class SourceRevisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static Dictionary<string, string> Variables => Environment.GetEnvironmentVariables()
        .Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_no_repository_has_no_revision() => SourceRevision.Read(_folder.Path).ShouldBeNull();

    [Fact]
    public async Task A_repository_without_a_commit_has_no_revision()
    {
        await GitRepository.InitAsync(_folder.Path);

        SourceRevision.Read(_folder.Path).ShouldBeNull();
    }

    [Theory]
    [InlineData("main")]
    [InlineData("feature/demand/v2")]
    public async Task A_checked_out_branch_is_read_with_its_commit(string branch)
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        await repository.CommitAsync("first");
        await repository.GitAsync("checkout", "--quiet", "-B", branch);
        var commit = await repository.CommitAsync("second");

        SourceRevision.Read(_folder.Path).ShouldBe(new(commit, branch));
    }

    [Fact]
    public async Task Times_are_those_of_the_commits_that_the_repository_knows()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        var (first, second) = (await repository.CommitAsync("first"), await repository.CommitAsync("second"));
        var unknown = new string('a', 40);

        var times = await SourceRevision.TimesAsync(
            [first, unknown, "--all", "", second], _folder.Path, Variables, CancellationToken.None);

        times.Keys.ShouldBe([first, second], ignoreOrder: true);
        times[second].ShouldBe(DateTimeOffset.Parse(await repository.GitAsync("show", "-s", "--format=%cI", second), null));
    }

    [Fact]
    public async Task Where_there_is_no_repository_or_nothing_to_ask_no_time_is_known()
    {
        (await SourceRevision.TimesAsync([new string('a', 40)], _folder.Path, Variables, CancellationToken.None)).ShouldBeEmpty();
        (await SourceRevision.TimesAsync([], _folder.Path, Variables, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_below_the_top_of_its_repository_names_its_commit_and_its_own_changes()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        Directory.CreateDirectory(_folder["ml/demand"]);
        await File.WriteAllTextAsync(_folder["ml/demand/Build.cs"], "one");
        await File.WriteAllTextAsync(_folder["other.cs"], "one");
        await repository.GitAsync("add", "--all");
        var commit = await repository.CommitAsync("first");

        var clean = await SourceRevision.Read(_folder["ml/demand"])!
            .WithChangesAsync(_folder["ml/demand"], Variables, CancellationToken.None);
        await File.WriteAllTextAsync(_folder["ml/demand/Build.cs"], "two");
        await File.WriteAllTextAsync(_folder["ml/demand/New é.cs"], "new");
        await File.WriteAllTextAsync(_folder["ml/demand/data.csv"], "new, and no code");
        await File.WriteAllTextAsync(_folder["other.cs"], "two, and not of the project");
        var changed = await SourceRevision.Read(_folder["ml/demand"])!
            .WithChangesAsync(_folder["ml/demand"], Variables, CancellationToken.None);

        (clean.Commit, clean.Dirty).ShouldBe((commit, false));
        changed.Dirty.ShouldBe(true);
        changed.Changes.ShouldBe(["Build.cs", "New é.cs"]);
    }

    [Fact]
    public async Task Without_git_nothing_is_said_of_changes()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        await repository.CommitAsync("first");

        var revision = await SourceRevision.Read(_folder.Path)!
            .WithChangesAsync(_folder.Path, new Dictionary<string, string> { ["PATH"] = "/nowhere" }, CancellationToken.None);

        revision.Dirty.ShouldBeOneOf(null, false);
    }

    [Fact]
    public async Task A_detached_head_has_a_commit_and_no_branch()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        var commit = await repository.CommitAsync("first");
        await repository.CommitAsync("second");
        await repository.GitAsync("checkout", "--quiet", "--detach", commit);

        SourceRevision.Read(_folder.Path).ShouldBe(new(commit, null));
    }

    [Fact]
    public async Task A_packed_branch_is_found_and_not_mistaken_for_one_that_ends_alike()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        await repository.CommitAsync("first");
        await repository.GitAsync("checkout", "--quiet", "-b", "refs/heads/main");
        await repository.CommitAsync("second");
        await repository.GitAsync(
            "-c", "user.name=Tester", "-c", "user.email=tester@example.invalid", "tag", "-a", "-m", "annotated", "v1");
        await repository.GitAsync("symbolic-ref", "HEAD", "refs/heads/main");
        await repository.GitAsync("pack-refs", "--all");
        File.Exists(_folder[".git/refs/heads/main"]).ShouldBeFalse();

        SourceRevision.Read(_folder.Path).ShouldBe(new(await repository.GitAsync("rev-parse", "HEAD"), "main"));
    }

    [Fact]
    public async Task A_commit_after_packing_counts()
    {
        var repository = await GitRepository.InitAsync(_folder.Path);
        await repository.CommitAsync("first");
        await repository.GitAsync("pack-refs", "--all");
        var commit = await repository.CommitAsync("second");

        SourceRevision.Read(_folder.Path).ShouldBe(new(commit, "main"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worktree_has_its_own_branch(bool packed)
    {
        var repository = await GitRepository.InitAsync(_folder["repository"]);
        var commit = await repository.CommitAsync("first");
        await repository.GitAsync("worktree", "add", "--quiet", "-b", "side", _folder["worktree"]);
        await repository.CommitAsync("second");
        if (packed)
        {
            await repository.GitAsync("pack-refs", "--all");
        }

        SourceRevision.Read(_folder["worktree"]).ShouldBe(new(commit, "side"));
    }

    [Fact]
    public async Task A_detached_worktree_has_a_commit_and_no_branch()
    {
        var repository = await GitRepository.InitAsync(_folder["repository"]);
        var commit = await repository.CommitAsync("first");
        await repository.GitAsync("worktree", "add", "--quiet", "--detach", _folder["worktree"]);
        await repository.CommitAsync("second");

        SourceRevision.Read(_folder["worktree"]).ShouldBe(new(commit, null));
    }

    [Fact]
    public async Task A_submodule_is_read_through_its_relative_link()
    {
        var library = await GitRepository.InitAsync(_folder["library"]);
        var commit = await library.CommitAsync("first");
        var repository = await GitRepository.InitAsync(_folder["repository"]);
        await repository.GitAsync("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", _folder["library"], "lib");

        SourceRevision.Read(_folder["repository/lib"]).ShouldBe(new(commit, "main"));
    }
}
