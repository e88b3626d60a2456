using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommitReviewsTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string Head = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    private readonly FakeGitHub _gitHub = new();
    private readonly FakeGitLab _gitLab = new();

    public CommitReviewsTests()
    {
        foreach (var person in (string[])["ada", "bob", "eve"])
        {
            _gitHub.Permissions[person] = "write";
        }
    }

    public void Dispose()
    {
        _gitHub.Dispose();
        _gitLab.Dispose();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task A_merged_change_tells_who_proposed_and_who_approved_it(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Merges.Add(new(3, "eve", Head, Commit) { Reviews = [("ada", "APPROVED", Head), ("bob", "COMMENTED", Head)] });
        host.Merges.Add(new(4, "eve", Head, "another") { Reviews = [("ada", "APPROVED", Head)] });

        var found = (await reviews.OfAsync(Commit, "main", CancellationToken.None)).ShouldHaveSingleItem();

        (found.Number, found.Author, found.IsReviewed).ShouldBe((3, "eve", true));
        found.Approvers.ShouldBe(["ada"]);
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task What_is_only_proposed_or_came_by_no_change_is_not_reviewed(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Merges.Add(new(3, "eve", Head, Commit) { Merged = false, Reviews = [("ada", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).ShouldBeEmpty();
        (await reviews.OfAsync(Head, "main", CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>A branch of one's own takes anything, and a commit in the midst of a change is not what was approved.</summary>
    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task Only_the_newest_commit_or_the_merge_into_the_branch_is_reviewed(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Merges.Add(new(3, "eve", Head, "midst", Head, "merge")
        {
            MergeCommit = "merge", Reviews = [("ada", "APPROVED", Head)],
        });

        (await reviews.OfAsync("midst", "main", CancellationToken.None)).ShouldBeEmpty();
        (await reviews.OfAsync(Head, "main", CancellationToken.None)).ShouldHaveSingleItem().IsReviewed.ShouldBeTrue();
        (await reviews.OfAsync("merge", "main", CancellationToken.None)).ShouldHaveSingleItem().IsReviewed.ShouldBeTrue();
        (await reviews.OfAsync("merge", "release", CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>On a public project anybody may press the button.</summary>
    [Theory]
    [InlineData("read")]
    [InlineData(null)]
    public async Task On_GitHub_the_word_of_those_who_may_not_write_does_not_count(string? permission)
    {
        var (host, reviews) = Open(CodeHostKind.GitHub);
        host.Merges.Add(new(3, "eve", Head, Commit) { Reviews = [("stranger", "APPROVED", Head), ("", "APPROVED", Head)] });
        if (permission != null)
        {
            _gitHub.Permissions["stranger"] = permission;
        }

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().Approvers.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_deleted_account_proposed_is_read_as_well()
    {
        var (host, reviews) = Open(CodeHostKind.GitHub);
        host.Merges.Add(new(3, "", Head, Commit) { Reviews = [("ada", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().IsReviewed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task Nobody_reviews_their_own_change(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Merges.Add(new(3, "Eve", Head, Commit) { Reviews = [("eve", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().IsReviewed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("CHANGES_REQUESTED", Head)]
    [InlineData("DISMISSED", Head)]
    [InlineData("APPROVED", Commit)]
    public async Task On_GitHub_the_last_word_counts_and_only_for_what_was_merged(string last, string seen)
    {
        var (host, reviews) = Open(CodeHostKind.GitHub);
        host.Merges.Add(new(3, "eve", Head, Commit)
        {
            Reviews = [("ada", "APPROVED", Head), ("ada", last, seen), ("ada", "COMMENTED", Head)],
        });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().Approvers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task A_host_that_does_not_tell_is_told_of(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Token = "another";

        (await Should.ThrowAsync<HostRefusedException>(() => reviews.OfAsync(Commit, "main", CancellationToken.None)))
            .IsForbidden.ShouldBeTrue();
    }

    private (FakeCodeHost Host, ICommitReviews Reviews) Open(CodeHostKind kind)
    {
        FakeCodeHost host = kind == CodeHostKind.GitHub ? _gitHub : _gitLab;
        var context = new CodeHostContext
        {
            Kind = kind, Api = host.Address, Project = kind == CodeHostKind.GitHub ? _gitHub.Repository : _gitLab.ProjectPath,
            Commit = Commit, Token = host.Token,
        };
        return (host, CodeHosts.OpenReviews(context, new ManualTime())!);
    }
}
