using System.Diagnostics;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Git.Tests;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitRepositoryTests() => Git("init", "--quiet", "--initial-branch", "main", ".");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("https://github.com/owner/name.git", "github.com", "owner/name")]
    [InlineData("https://user@gitlab.example.org:8443/group/sub/name", "gitlab.example.org", "group/sub/name")]
    [InlineData("git@github.com:owner/name.git", "github.com", "owner/name")]
    [InlineData("ssh://git@github.com:22/owner/name.git", "github.com", "owner/name")]
    [InlineData("../beside", null, null)]
    [InlineData("/srv/git/name.git", null, null)]
    public void Origin_is_told_apart(string origin, string? endpoint, string? identifier)
    {
        Git("remote", "add", "origin", origin);

        var repository = GitRepository.FromLocalDirectory(_folder.Path);

        (repository.Endpoint, repository.Identifier).ShouldBe((endpoint, identifier));
        repository.HttpsUrl.ShouldBe(endpoint == null ? null : $"https://{endpoint}/{identifier}.git");
    }

    [Fact]
    public void Commit_and_branch_are_those_of_git()
    {
        GitRepository.FromLocalDirectory(_folder.Path).Commit.ShouldBeNull("there is no commit yet");
        Commit();
        var inside = Directory.CreateDirectory(_folder["src/deep"]).FullName;

        var repository = GitRepository.FromLocalDirectory(inside);

        ((string)repository.LocalDirectory, repository.Head, repository.Branch).ShouldBe((_folder.Path, "refs/heads/main", "main"));
        repository.Commit.ShouldBe(Git("rev-parse", "HEAD"));
        Git("pack-refs", "--all");
        GitRepository.FromLocalDirectory(inside).Commit.ShouldBe(repository.Commit);
        repository.IsOnMainOrMasterBranch().ShouldBeTrue();
        repository.IsOnFeatureBranch().ShouldBeFalse();
    }

    [Fact]
    public void A_commit_that_is_checked_out_has_no_branch()
    {
        Commit();
        Git("checkout", "--quiet", "--detach");

        var repository = GitRepository.FromLocalDirectory(_folder.Path);

        (repository.Head, repository.Branch, repository.Commit).ShouldBe((null, null, Git("rev-parse", "HEAD")));
    }

    [Fact]
    public void A_worktree_has_its_own_branch()
    {
        Commit();
        Git("worktree", "add", "--quiet", "-b", "feature/x", "beside");

        var repository = GitRepository.FromLocalDirectory(_folder["beside"]);

        (repository.Branch, repository.Commit, repository.IsOnFeatureBranch()).ShouldBe(("feature/x", Git("rev-parse", "HEAD"), true));
    }

    [Fact]
    public void A_folder_outside_is_refused()
    {
        using var outside = new TemporaryFolder();

        Should.Throw<ArgumentException>(() => GitRepository.FromLocalDirectory(outside.Path)).Message.ShouldContain("lies in no git repository");
    }

    private void Commit() => Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "-m", "first");

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", _folder.Path, .. arguments]) { RedirectStandardOutput = true })!;
        var text = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return text;
    }
}
