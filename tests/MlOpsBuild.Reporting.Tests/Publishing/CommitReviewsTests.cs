using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommitReviewsTests
{
    private const string Commit = HostWorld.Commit;
    private const string Head = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    private const string Midst = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Merge = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    public static TheoryData<CodeHostKind> Hosts => HostWorld.All;

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_merged_change_tells_who_proposed_and_who_approved_it(CodeHostKind kind)
    {
        using var world = Open(kind);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "eve", Head, Commit) { Reviews = [("ada", "APPROVED", Head), ("bob", "COMMENTED", Head)] });
        host.Merges.Add(new(4, "eve", Head, Midst) { Reviews = [("ada", "APPROVED", Head)] });

        var found = (await reviews.OfAsync(Commit, "main", CancellationToken.None)).ShouldHaveSingleItem();

        (found.Number, found.Author, found.IsReviewed).ShouldBe((3, world.PersonOf("eve"), true));
        found.Approvers.ShouldBe([world.PersonOf("ada")]);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task What_is_only_proposed_or_came_by_no_change_is_not_reviewed(CodeHostKind kind)
    {
        using var world = Open(kind);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "eve", Head, Commit) { Merged = false, Reviews = [("ada", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).ShouldBeEmpty();
        (await reviews.OfAsync(Head, "main", CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>A branch of one's own takes anything, and a commit in the midst of a change is not what was approved.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Only_the_newest_commit_or_the_merge_into_the_branch_is_reviewed(CodeHostKind kind)
    {
        using var world = Open(kind);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "eve", Head, Midst, Head, Merge)
        {
            MergeCommit = Merge, Reviews = [("ada", "APPROVED", Head)],
        });

        (await reviews.OfAsync(Midst, "main", CancellationToken.None)).ShouldBeEmpty();
        (await reviews.OfAsync(Head, "main", CancellationToken.None)).ShouldHaveSingleItem().IsReviewed.ShouldBeTrue();
        (await reviews.OfAsync(Merge, "main", CancellationToken.None)).ShouldHaveSingleItem().IsReviewed.ShouldBeTrue();
        (await reviews.OfAsync(Merge, "release", CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>On a public project anybody may press the button.</summary>
    [Theory]
    [InlineData("read")]
    [InlineData(null)]
    public async Task On_GitHub_the_word_of_those_who_may_not_write_does_not_count(string? permission)
    {
        using var world = Open(CodeHostKind.GitHub);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "eve", Head, Commit) { Reviews = [("stranger", "APPROVED", Head), ("", "APPROVED", Head)] });
        if (permission != null)
        {
            host.Permissions["stranger"] = permission;
        }

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().Approvers.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_deleted_account_proposed_is_read_as_well()
    {
        using var world = Open(CodeHostKind.GitHub);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "", Head, Commit) { Reviews = [("ada", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().IsReviewed.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Nobody_reviews_their_own_change(CodeHostKind kind)
    {
        using var world = Open(kind);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "Eve", Head, Commit) { Reviews = [("eve", "APPROVED", Head)] });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().IsReviewed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("CHANGES_REQUESTED", Head)]
    [InlineData("DISMISSED", Head)]
    [InlineData("APPROVED", Commit)]
    public async Task On_GitHub_the_last_word_counts_and_only_for_what_was_merged(string last, string seen)
    {
        using var world = Open(CodeHostKind.GitHub);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Merges.Add(new(3, "eve", Head, Commit)
        {
            Reviews = [("ada", "APPROVED", Head), ("ada", last, seen), ("ada", "COMMENTED", Head)],
        });

        (await reviews.OfAsync(Commit, "main", CancellationToken.None)).Single().Approvers.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_host_that_does_not_tell_is_told_of(CodeHostKind kind)
    {
        using var world = Open(kind);
        var (host, reviews) = (world.Host, world.OpenReviews());
        host.Token = Midst;

        (await Should.ThrowAsync<HostRefusedException>(() => reviews.OfAsync(Commit, "main", CancellationToken.None)))
            .IsForbidden.ShouldBeTrue();
    }

    private static HostWorld Open(CodeHostKind kind)
    {
        var world = new HostWorld(kind);
        foreach (var person in (string[])["ada", "bob", "eve", "Eve"])
        {
            world.Host.Permissions[person] = "write";
        }

        return world;
    }
}
