using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommitReviewsTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string Head = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    private readonly FakeGitHub _gitHub = new();
    private readonly FakeGitLab _gitLab = new();

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

        var found = (await reviews.OfAsync(Commit, CancellationToken.None)).ShouldHaveSingleItem();

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

        (await reviews.OfAsync(Commit, CancellationToken.None)).ShouldBeEmpty();
        (await reviews.OfAsync(Head, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task Nobody_reviews_their_own_change(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Merges.Add(new(3, "Eve", Head, Commit) { Reviews = [("eve", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, CancellationToken.None)).Single().IsReviewed.ShouldBeFalse();
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

        (await reviews.OfAsync(Commit, CancellationToken.None)).Single().Approvers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task A_host_that_does_not_tell_is_told_of(CodeHostKind kind)
    {
        var (host, reviews) = Open(kind);
        host.Token = "another";

        (await Should.ThrowAsync<HostRefusedException>(() => reviews.OfAsync(Commit, CancellationToken.None))).IsForbidden.ShouldBeTrue();
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
