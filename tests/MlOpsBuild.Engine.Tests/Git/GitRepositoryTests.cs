using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Engine.Git.Tests;

public sealed class GitRepositoryTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _home = new();

    public Task InitializeAsync() => GitAsync("init", "--quiet", ".");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _home.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("https://github.com/owner/name.git", "github.com", "owner/name")]
    [InlineData("https://user@gitlab.example.org:8443/group/sub/name", "gitlab.example.org", "group/sub/name")]
    [InlineData("git@github.com:owner/name.git", "github.com", "owner/name")]
    [InlineData("ssh://git@github.com:22/owner/name.git", "github.com", "owner/name")]
    [InlineData("../beside", null, null)]
    [InlineData("/srv/git/name.git", null, null)]
    public async Task Origin_is_told_apart(string origin, string? endpoint, string? identifier)
    {
        await GitAsync("remote", "add", "origin", origin);

        var repository = GitRepository.FromLocalDirectory(_folder.Path);

        (repository.Endpoint, repository.Identifier).ShouldBe((endpoint, identifier));
        repository.HttpsUrl.ShouldBe(endpoint == null ? null : $"https://{endpoint}/{identifier}.git");
    }

    [Fact]
    public async Task Commit_and_branch_are_those_of_git()
    {
        GitRepository.FromLocalDirectory(_folder.Path).Commit.ShouldBeNull("there is no commit yet");
        await CommitAsync();
        var inside = Directory.CreateDirectory(_folder["src/deep"]).FullName;

        var repository = GitRepository.FromLocalDirectory(inside);

        ((string)repository.LocalDirectory, repository.Head, repository.Branch).ShouldBe((_folder.Path, "refs/heads/main", "main"));
        repository.Commit.ShouldBe(await GitAsync("rev-parse", "HEAD"));
        await GitAsync("pack-refs", "--all");
        GitRepository.FromLocalDirectory(inside).Commit.ShouldBe(repository.Commit);
        repository.IsOnMainOrMasterBranch().ShouldBeTrue();
        repository.IsOnFeatureBranch().ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_that_is_checked_out_has_no_branch()
    {
        await CommitAsync();
        await GitAsync("checkout", "--quiet", "--detach");

        var repository = GitRepository.FromLocalDirectory(_folder.Path);

        (repository.Head, repository.Branch, repository.Commit).ShouldBe((null, null, await GitAsync("rev-parse", "HEAD")));
    }

    [Fact]
    public async Task A_worktree_has_its_own_branch()
    {
        await CommitAsync();
        await GitAsync("worktree", "add", "--quiet", "-b", "feature/x", "beside");

        var repository = GitRepository.FromLocalDirectory(_folder["beside"]);

        (repository.Branch, repository.Commit, repository.IsOnFeatureBranch())
            .ShouldBe(("feature/x", await GitAsync("rev-parse", "HEAD"), true));
    }

    [Fact]
    public void A_folder_outside_is_refused()
    {
        using var outside = new TemporaryFolder();

        Should.Throw<ArgumentException>(() => GitRepository.FromLocalDirectory(outside.Path))
            .Message.ShouldContain("lies in no git repository");
    }

    private Task<string> CommitAsync() => GitAsync("commit", "--quiet", "--allow-empty", "-m", "first");

    private Task<string> GitAsync(params string[] arguments) =>
        new GitClient(_home.Path).RunAsync(_folder.Path, arguments, CancellationToken.None);
}
