using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommentPublisherTests : IDisposable
{
    private readonly PublishingRun _run = new();

    private FakeGitHub GitHub => _run.GitHub;

    private IEnumerable<FakeComment> Ours => GitHub.Comments.Where(comment => ReportMarker.In(comment.Body) != null);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task First_report_is_posted_and_the_next_updates_it_in_place()
    {
        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Created);
        (await _run.CommentAsync("## ❌ Demand: Failed", run: 11)).ShouldBe(CommentOutcome.Updated);

        Ours.ShouldHaveSingleItem().Body.ShouldStartWith("## ❌ Demand: Failed");
    }

    [Fact]
    public async Task Same_report_of_the_same_run_is_not_written_again()
    {
        await _run.CommentAsync();
        var requests = GitHub.Requests.Count;

        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Unchanged);

        GitHub.Requests.Skip(requests).Select(request => request.Method).ShouldBe(["GET"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Report_is_found_among_five_hundred_comments(bool remembers)
    {
        Others(500);
        await _run.CommentAsync();
        Others(50);
        var requests = GitHub.Requests.Count;

        (await _run.CommentAsync("newer", run: 11, remembers: remembers)).ShouldBe(CommentOutcome.Updated);

        Ours.ShouldHaveSingleItem();
        GitHub.Requests.Count.ShouldBeLessThanOrEqualTo(
            requests + (remembers ? 2 : 8), "one look and one write; paging only when the number is unknown");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999_999)]
    public async Task Marker_in_a_strangers_comment_is_theirs(long run)
    {
        var forged = $"## ✅ Demand: Passed\n\n{ReportMarker.Of(_run.Context(run), "Demand", "forged")}";
        GitHub.Comments.Add(new(5, forged, "mallory"));

        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Created);
        (await _run.CommentAsync("newer", run: 11)).ShouldBe(CommentOutcome.Updated);

        GitHub.Comments.Select(comment => comment.Author).ShouldBe(["mallory", GitHub.Viewer]);
        (GitHub.Comments[0].Body, GitHub.Comments[1].Body[..5]).ShouldBe((forged, "newer"));
    }

    [Fact]
    public async Task Persons_token_asks_once_whose_it_is()
    {
        (GitHub.Token, GitHub.Viewer) = ("ghp_of_ada", "ada");

        await _run.CommentAsync();
        (await _run.CommentAsync("newer", run: 11)).ShouldBe(CommentOutcome.Updated);

        GitHub.Comments.ShouldHaveSingleItem().Author.ShouldBe("ada");
        GitHub.Requests.Count(request => request.Path.EndsWith("/user", StringComparison.Ordinal)).ShouldBe(2, "once for each run");
    }

    [Fact]
    public async Task Each_pipeline_has_its_own_comment()
    {
        await _run.CommentAsync(pipeline: "Demand");
        await _run.CommentAsync(pipeline: "Prices");
        await _run.CommentAsync("again", run: 11, pipeline: "Demand");

        Ours.Select(comment => ReportMarker.In(comment.Body)!.Pipeline).ShouldBe(["Demand", "Prices"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(9, 5)]
    public async Task Older_run_never_overwrites_a_newer_one(long run, long attempt)
    {
        await _run.CommentAsync("newer", run: 10);

        (await _run.CommentAsync("older", run, attempt)).ShouldBe(CommentOutcome.Superseded);
        (await _run.CommentAsync("older", run, attempt, remembers: false)).ShouldBe(CommentOutcome.Superseded);

        Ours.ShouldHaveSingleItem().Body.ShouldStartWith("newer");
    }

    [Theory]
    [InlineData(9, "this run's")]
    [InlineData(11, "the other's")]
    public async Task Of_two_runs_that_posted_at_once_one_comment_is_left_and_it_is_the_newer_runs(long otherRun, string said)
    {
        var others = 0;
        GitHub.Before = request =>
        {
            // The other run looked, found nothing either, and posts just before this one.
            if (request.Method == "POST" && others++ == 0)
            {
                var context = _run.Context(otherRun);
                GitHub.Comments.Add(new(1, $"the other's\n\n{ReportMarker.Of(context, "Demand", "the other's")}", GitHub.Viewer));
            }
        };

        await _run.CommentAsync("this run's");

        Ours.ShouldHaveSingleItem().Body.ShouldStartWith(said);
    }

    [Fact]
    public async Task Comment_that_somebody_deleted_is_posted_again()
    {
        await _run.CommentAsync();
        GitHub.Comments.Clear();

        (await _run.CommentAsync("again", run: 11)).ShouldBe(CommentOutcome.Created);

        Ours.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Comment_of_somebody_else_that_quotes_a_report_is_left_alone()
    {
        await _run.CommentAsync();
        GitHub.Comments.Add(new(99_999, $"> {Ours.Single().Body}\n\nwhat does this mean?", "alice"));

        await _run.CommentAsync("newer", run: 11);

        GitHub.Comments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Too_long_report_is_folded_under_the_hosts_limit()
    {
        var report = PublishingRun.Report + string.Concat(
            Enumerable.Range(0, 100).Select(i => $"\n<details><summary>{i}</summary>\n{new string('ä', 1_000)}\n</details>\n"));

        (await _run.CommentAsync(report)).ShouldBe(CommentOutcome.Created);

        Ours.Single().Body.ShouldContain("[the full report](https://example.org/run/1)");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Busy_host_is_asked_again(int status)
    {
        GitHub.FailNext(status, 2, new Dictionary<string, string> { ["Retry-After"] = "0" });

        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Created);

        Ours.ShouldHaveSingleItem();
    }

    /// <summary>A list that is none looks like "no comment yet", and every build would post another one.</summary>
    [Fact]
    public async Task Page_of_a_proxy_is_no_list_without_comments()
    {
        await _run.CommentAsync();
        GitHub.AnswerNextWithAPage(1);

        var refused = await Should.ThrowAsync<HostRefusedException>(() => _run.CommentAsync("## Another\n", run: 11, remembers: false));

        refused.Message.ShouldContain("text/html instead of JSON");
        GitHub.Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Every_request_names_the_version_of_the_interface_that_it_was_written_for()
    {
        await _run.CommentAsync();

        GitHub.Requests.ShouldAllBe(request => request.Headers["X-GitHub-Api-Version"] == "2022-11-28");
    }

    [Fact]
    public async Task Page_of_comments_is_a_hundred_and_one_request()
    {
        await _run.CommentAsync(remembers: false);

        GitHub.Requests.Where(request => request.Method == "GET").ShouldAllBe(request => request.Path.Contains("per_page=100"));
        GitHub.Requests.Count.ShouldBe(3, "one to look, one to post, one to see whether another run posted meanwhile");
    }

    [Fact]
    public async Task Cut_connection_is_tried_again()
    {
        GitHub.CutNext(1);

        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Created);

        Ours.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Comment_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var lost = 0;
        GitHub.Before = request =>
        {
            if (request.Method == "POST" && lost++ == 0)
            {
                GitHub.LoseNextAnswers(1);
            }
        };

        (await _run.CommentAsync()).ShouldBe(CommentOutcome.Unchanged);

        Ours.ShouldHaveSingleItem();
    }

    private void Others(int count)
    {
        for (var i = 0; i < count; i++)
        {
            GitHub.Comments.Add(new(100_000 + GitHub.Comments.Count, $"comment {i}", "alice"));
        }
    }
}
