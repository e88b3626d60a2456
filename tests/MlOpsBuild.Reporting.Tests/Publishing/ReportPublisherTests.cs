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
    [InlineData(Verdict.Inconclusive, "action_required")]
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
        lines[1].ShouldBe(new("comment", "no token: give the step GITHUB_TOKEN", true));
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
    public async Task Remarks_are_annotations_fifty_at_a_time()
    {
        _run.GitHub.Token = "ghs_x";
        var remarks = Enumerable.Range(1, 120)
            .Select(line => new LineRemark("pipelines/Demand.cs", line, line == 1 ? Verdict.Failed : Verdict.Inconclusive, "gate", "worse"))
            .ToList();

        await _run.PublishAsync(Verdict.Failed, change: publication => publication with { Remarks = remarks });

        var shown = _run.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("output").GetProperty("annotations");
        shown.GetArrayLength().ShouldBe(120);
        shown[0].GetProperty("annotation_level").GetString().ShouldBe("failure");
        shown[119].GetProperty("annotation_level").GetString().ShouldBe("warning");
        _run.GitHub.Requests.Count(request => request.Path.Contains("check-runs", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData(true, true, false, "success")]
    [InlineData(true, true, true, "inactive")]
    [InlineData(false, true, true, "failure")]
    [InlineData(false, false, false, "error")]
    public async Task A_deployment_is_listed_without_merging_or_waiting(bool succeeded, bool conclusive, bool rehearsal, string state)
    {
        (_run.GitHub.Token, _run.GitHub.BaseIsAhead, _run.GitHub.ContextsArePending) = ("ghs_x", true, true);

        var lines = await _run.PublishAsync(change: publication => publication with
        {
            Deployment = new("Demand/local", succeeded, conclusive, rehearsal, new string('x', 300))
        });

        lines[^1].Way.ShouldBe("deployment");
        var deployment = _run.GitHub.Deployments.ShouldHaveSingleItem();
        deployment.GetProperty("environment").GetString().ShouldBe("Demand/local");
        deployment.GetProperty("transient_environment").GetBoolean().ShouldBe(rehearsal);
        _run.GitHub.DeploymentStatuses.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe(state);
    }

    [Fact]
    public async Task A_token_that_may_not_list_deployments_is_told_what_it_needs()
    {
        (_run.GitHub.Token, _run.GitHub.MayDeploy) = ("ghs_x", false);

        var lines =
            await _run.PublishAsync(change: publication => publication with { Deployment = new("Demand/local", true, true, false, "v2") });

        (lines[^1].Fell, lines[^1].Text).ShouldBe((
            true,
            "not shown: 403 Resource not accessible by integration (the job needs deployments: write)"));
    }

    [Fact]
    public async Task Figures_that_do_not_judge_the_commit_are_a_comment_and_no_check()
    {
        _run.GitHub.Token = "ghs_x";

        await _run.PublishAsync(change: publication => publication with { JudgesCommit = false });

        _run.GitHub.Comments.ShouldHaveSingleItem();
        (_run.GitHub.CheckRuns.Count, _run.GitHub.Deployments.Count).ShouldBe((0, 0));
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
