using MlOpsBuild.Core;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>What is Bitbucket's alone.</summary>
public sealed class BitbucketHostTests : IDisposable
{
    private readonly HostWorld _world = new(CodeHostKind.Bitbucket);

    private FakeBitbucket Bitbucket => (FakeBitbucket)_world.Host;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task There_is_no_HTML_in_a_comment()
    {
        await _world.CommentAsync("## ✅ Demand: Passed\n\n<details><summary>Data</summary>\n\n- one\n</details>\n");

        var body = Bitbucket.Comments.ShouldHaveSingleItem().Body;
        body.ShouldStartWith("## ✅ Demand: Passed\n\n### Data\n\n- one\n\n[//]: # (mlops-report pipeline=Demand run=10 ");
        body.ShouldNotContain("<");
    }

    /// <summary>An access token cannot ask who it is; what it writes is of an application, and no person's comment ever is.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("ada@example.org")]
    public async Task An_access_token_knows_its_comments_and_a_persons_token_too(string? user)
    {
        Bitbucket.User = user;

        (await _world.CommentAsync()).ShouldBe(CommentOutcome.Created);
        (await _world.CommentAsync("newer", run: 11, remembers: false)).ShouldBe(CommentOutcome.Updated);

        Bitbucket.Comments.ShouldHaveSingleItem();
        Bitbucket.Requests[0].Headers["Authorization"].ShouldStartWith(user == null ? "Bearer " : "Basic ");
    }

    [Fact]
    public async Task A_persons_token_that_is_refused_is_told()
    {
        Bitbucket.User = "ada@example.org";
        Bitbucket.FailNext(403, 1);

        (await Should.ThrowAsync<HostRefusedException>(() => _world.CommentAsync())).IsForbidden.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Verdict.Passed, "SUCCESSFUL")]
    [InlineData(Verdict.Failed, "FAILED")]
    [InlineData(Verdict.Inconclusive, "STOPPED")]
    public async Task The_verdict_is_a_build_status_of_the_branch_which_a_later_run_replaces(Verdict verdict, string state)
    {
        await _world.PublishAsync();
        await _world.PublishAsync(verdict);

        var status = Bitbucket.Statuses.ShouldHaveSingleItem();
        (status.GetProperty("key").GetString(), status.GetProperty("state").GetString(), status.GetProperty("refname").GetString())
            .ShouldBe(("mlops/Demand", state, "better-model"));
    }

    [Fact]
    public async Task A_long_name_has_a_key_of_its_own_within_the_limit()
    {
        foreach (var name in (string[])["Demand/" + new string('a', 60), "Demand/" + new string('a', 61)])
        {
            await _world.PublishAsync(deployment: new(name, true, true, false, new string('x', 300)));
        }

        var keys = Bitbucket.Statuses.Select(status => status.GetProperty("key").GetString()!)
            .Where(key => key.StartsWith("deploy/")).ToList();
        keys.Distinct().Count().ShouldBe(2);
        keys.ShouldAllBe(key => key.Length <= 40);
    }

    [Fact]
    public async Task A_status_without_a_runs_page_shows_the_repository()
    {
        await _world.PublishAsync(change: context => context with { RunAddress = null, Reference = null });

        var status = Bitbucket.Statuses.ShouldHaveSingleItem();
        status.GetProperty("url").GetString().ShouldBe("https://bitbucket.org/acme/shop");
        status.TryGetProperty("refname", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_refused_is_told_with_its_detail()
    {
        Bitbucket.MayComment = false;

        (await _world.PublishAsync())[1].Text.ShouldBe(
            "the token may not comment (403 Your credentials lack one or more required privilege scopes.: pullrequest:write); it needs pullrequest:write");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("{not-a-number}")]
    public async Task A_name_that_people_choose_is_nobody_and_nothing_is_asked(string name)
    {
        Bitbucket.Permissions["ada"] = "admin";

        (await _world.Open().MayWriteAsync(name, CancellationToken.None)).ShouldBeFalse();

        Bitbucket.Requests.ShouldBeEmpty();
    }
}
