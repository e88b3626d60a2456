using System.Text.Json.Nodes;
using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What a report is on: what this build tested, and nothing else under its name.</summary>
public sealed class ReportTargetTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly FakeGitHub _gitHub = new() { Token = "ghs_x" };

    public void Dispose()
    {
        _gitHub.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task A_build_that_fails_before_its_test_never_borrows_the_verdict_of_another_run()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel", "Report")).ShouldBe(0, _run.Output);
        OnAPullRequest();

        (await _run.RunAsync<DeployingBuild>("TestModel", "Report", "--data", "no-such-file.csv")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("Not tested: IngestData failed before the model could be judged");
        _gitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("conclusion").GetString().ShouldBe("failure");
        _gitHub.Comments.ShouldHaveSingleItem().Body.ShouldStartWith("## ⚠️ SmallDemand: Error");
    }

    [Fact]
    public async Task In_an_empty_store_too_the_exit_code_is_that_of_what_failed()
    {
        OnAPullRequest();

        (await _run.RunAsync<DeployingBuild>("TestModel", "Report", "--data", "no-such-file.csv")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("no-such-file.csv");
        _run.Output.ShouldNotContain("There is nothing to report");
    }

    [Fact]
    public async Task Gates_that_fail_are_reported_as_what_they_are()
    {
        OnAPullRequest();

        (await _run.RunAsync<DeployingBuild>("TestModel", "Report", "--set", "worst-rmse=0.001")).ShouldBe(3, _run.Output);

        _gitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("Do not merge");
    }

    [Fact]
    public async Task A_report_alone_is_on_what_was_tested_last_and_judges_no_other_commit()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);
        Directory.CreateDirectory(Path.Combine(_run.Root, ".git"));
        await File.WriteAllTextAsync(Path.Combine(_run.Root, ".git", "HEAD"), TestRun.Commit + "\n");
        OnAPullRequest();

        (await _run.RunAsync<DeployingBuild>("Report")).ShouldBe(0, _run.Output);

        _gitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("This is a report on another commit: not known.");
        _gitHub.CheckRuns.ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_pipelines_have_one_comment_and_a_state_each()
    {
        OnAPullRequest();

        (await _run.RunAsync<PairBuild>("TestModel", "Report", "--set", "worst-rmse=0.001")).ShouldBe(3, _run.Output);

        var body = _gitHub.Comments.ShouldHaveSingleItem().Body;
        body.ShouldStartWith("## ");
        body.ShouldContain("2 pipelines: ");
        body.ShouldContain("| SmallDemand | ");
        body.ShouldContain("| OtherDemand | ");
        _gitHub.CheckRuns.Select(check => check.GetProperty("name").GetString()).Order()
            .ShouldBe(["mlops/OtherDemand", "mlops/SmallDemand"]);
    }

    [Fact]
    public async Task One_that_was_picked_has_a_comment_of_its_own()
    {
        OnAPullRequest();

        (await _run.RunAsync<PairBuild>("TestModel", "Report", "--pipeline", "OtherDemand")).ShouldBe(0, _run.Output);

        _gitHub.Comments.ShouldHaveSingleItem().Body.ShouldStartWith("## ✅ OtherDemand: Passed");
    }

    [Fact]
    public async Task Jobs_leave_the_comment_to_a_last_one_that_tells_also_of_those_that_left_nothing()
    {
        OnAPullRequest();
        (await _run.RunAsync<PairBuild>("TestModel", "Report", "--pipeline", "OtherDemand", "--no-comment")).ShouldBe(0, _run.Output);
        _gitHub.Comments.ShouldBeEmpty();
        _gitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("mlops/OtherDemand");

        (await _run.RunAsync<PairBuild>("Report", "--from", ".mlops/reports")).ShouldBe(0, _run.Output);

        var body = _gitHub.Comments.ShouldHaveSingleItem().Body;
        body.ShouldStartWith("## ⚠️ 2 pipelines: 1 with errors, 1 passed");
        body.ShouldContain("| SmallDemand | Error | Not tested: its job failed");
        body.ShouldContain("OtherDemand: Passed</summary>");
        body.ShouldNotContain("code of a fork");
        _gitHub.CheckRuns.Count.ShouldBe(1);
    }

    private void OnAPullRequest()
    {
        var payload = new JsonObject
        {
            ["pull_request"] = new JsonObject
            {
                ["number"] = 7, ["head"] = new JsonObject { ["sha"] = "0123456789abcdef0123456789abcdef01234567" }
            }
        };
        _run.RunOn(_gitHub, payload);
    }
}
