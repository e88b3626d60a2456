using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class ReportPublisherTests : IDisposable
{
    private readonly PublishingRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(Verdict.Passed, "success")]
    [InlineData(Verdict.Failed, "failure")]
    [InlineData(Verdict.Error, "failure")]
    [InlineData(Verdict.Inconclusive, "neutral")]
    public async Task Report_goes_to_the_step_summary_a_comment_and_a_check_run(Verdict verdict, string conclusion)
    {
        _run.GitHub.Token = "ghs_of_the_workflow";

        var lines = await _run.PublishAsync(verdict);

        lines.Select(line => line.Way).ShouldBe(["step summary", "comment", "check run"]);
        lines.ShouldAllBe(line => !line.Fell);
        _run.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("conclusion").GetString().ShouldBe(conclusion);
        _run.GitHub.Comments.ShouldHaveSingleItem().Body.ShouldStartWith(PublishingRun.Report.TrimEnd());
        (await File.ReadAllTextAsync(_run.SummaryFile)).ShouldStartWith(PublishingRun.Report.TrimEnd());
    }

    [Fact]
    public async Task Persons_token_sets_a_status_where_a_check_run_is_for_apps()
    {
        _run.GitHub.Token = "ghp_of_a_person";

        (await _run.PublishAsync(Verdict.Failed))[^1].Way.ShouldBe("commit status");

        _run.GitHub.Statuses.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("failure");
    }

    [Fact]
    public async Task Forks_token_leaves_the_step_summary_and_says_why()
    {
        _run.GitHub.Token = "ghs_of_a_fork";
        (_run.GitHub.MayComment, _run.GitHub.MayCheck, _run.GitHub.MaySetStatus) = (false, false, false);

        var lines = await _run.PublishAsync();

        lines.Select(line => line.Fell).ShouldBe([false, true, true]);
        lines[1].Text.ShouldContain("Resource not accessible by integration");
        lines[1].Text.ShouldContain("fork");
        File.Exists(_run.SummaryFile).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_token_the_way_to_one_is_told()
    {
        var lines = await _run.PublishAsync(context: _run.Context() with { Token = null });

        lines.Select(line => line.Way).ShouldBe(["step summary", "comment"]);
        lines[1].ShouldBe(new("comment", "no token: give the step GITHUB_TOKEN, or GITLAB_TOKEN with the scope api", true));
        _run.GitHub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_without_a_pull_request_is_shown_beside_the_commit()
    {
        _run.GitHub.Token = "ghs_x";

        var lines = await _run.PublishAsync(context: _run.Context() with { Request = null });

        lines.ShouldAllBe(line => !line.Fell);
        _run.GitHub.Comments.ShouldBeEmpty();
        _run.GitHub.CheckRuns.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Dead_host_fails_nothing()
    {
        var lines = await _run.PublishAsync(context: _run.Context() with { Api = new("http://127.0.0.1:1/") });

        lines.Select(line => line.Fell).ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task Each_channel_takes_at_most_four_requests()
    {
        _run.GitHub.Token = "ghs_x";

        await _run.PublishAsync();
        var first = _run.GitHub.Requests.Count;
        await _run.PublishAsync(Verdict.Failed, _run.Context(11));

        first.ShouldBeLessThanOrEqualTo(8);
        (_run.GitHub.Requests.Count - first).ShouldBe(3, "a look at the comment, its update, a check run");
    }
}
