using MlOpsBuild.EndToEnd.Tests.Actions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The generated workflow, every command of it, for each thing that happens.</summary>
public sealed class WorkflowOnGitHub(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string State = "refs/heads/mlops/state";
    private static readonly string[] Reports = ["report.html", "report.json", "report.junit.xml", "report.md"];

    [Fact]
    public async Task Push_to_the_main_branch_is_packaged_and_shared()
    {
        using var host = await HostAsync();

        var run = await RunAsync(host, host.Push());

        run.Ran.ShouldBe(["package"]);
        ShouldHaveReported(host, run, "package");
        run["package"].Output.ShouldContain("comment: no pull request is being built");
        host.GitHub.Comments.ShouldBeEmpty();
        host.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("conclusion").GetString().ShouldBe("success");
        (await host.CommitOfAsync(State)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Pull_request_of_a_colleague_gets_its_comment_and_check()
    {
        using var host = await HostAsync();

        var run = await RunAsync(host, host.PullRequest(fromFork: false));

        run.Ran.ShouldBe(["test-model"]);
        ShouldHaveReported(host, run, "test-model");
        run["test-model"].Output.ShouldContain("comment: posted to GitHub #7");
        host.GitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("RMSE");
        host.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("conclusion").GetString().ShouldBe("success");
        run["test-model"].Output.ShouldContain("The team's state is read-only for this build");
        (await host.CommitOfAsync(State)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_request_of_a_fork_is_tested_and_told_that_it_may_neither_comment_nor_share()
    {
        using var host = await HostAsync();

        var run = await RunAsync(host, host.PullRequest(fromFork: true));

        run.Ran.ShouldBe(["test-model"]);
        ShouldHaveReported(host, run, "test-model");
        run["test-model"].Output.ShouldContain("the token may not comment (");
        run["test-model"].Output.ShouldContain("Resource not accessible by integration");
        host.GitHub.Comments.ShouldBeEmpty();
        host.GitHub.CheckRuns.ShouldBeEmpty();
        run["test-model"].Output.ShouldContain("The team's state is read-only for this build");
        host.GitRequests.ShouldNotContain(request => request.IsPush);
        (await host.CommitOfAsync(State)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Model_that_fails_its_gates_fails_the_job_and_is_reported_all_the_same()
    {
        using var host = await HostAsync();
        Checkout.Environment["MLOPS_SET"] = "trees=5";

        var run = await RunAsync(host, host.PullRequest(fromFork: false));

        run.Conclusion.ShouldBe(StepResult.Failure);
        run["test-model"].ExitCodes.ShouldBe([3], run["test-model"].Output);
        run["test-model"].Summary.ShouldContain("BikeDemand: Failed");
        host.GitHub.Comments.ShouldHaveSingleItem().Body.ShouldContain("Do not merge");
        host.GitHub.CheckRuns.ShouldHaveSingleItem().GetProperty("conclusion").GetString().ShouldBe("failure");
        host.Artifacts.Of(run.Id).ShouldBe(["test-model-report"]);
    }

    // One job for each, one command in it, a verdict and a table for people, four files for everybody.
    private static void ShouldHaveReported(ActionsHost host, RunResult run, string job)
    {
        run[job].ExitCodes.ShouldBe([0], run[job].Output);
        run[job].Steps.ShouldAllBe(step => step.Outcome == StepResult.Success);
        run[job].Orphans.ShouldBeEmpty();
        run[job].Summary.ShouldContain("BikeDemand: Passed");
        run[job].Summary.ShouldMatch(@"(?m)^\|[^\n]*✅[^\n]*RMSE at most 150\b[^\n]*\|");
        var name = host.Artifacts.Of(run.Id).ShouldHaveSingleItem();
        name.ShouldBe($"{job}-report");
        Reports.Except(host.Artifacts.Files(run.Id, name).Select(path => path.Split('/')[^1])).ShouldBeEmpty();
        ActionsHost.Tokens.ShouldAllBe(
            token => !(run[job].Output.Replace("::add-mask::" + token, "", StringComparison.Ordinal) + run[job].Summary).Contains(token));
    }

    private async Task<ActionsHost> HostAsync()
    {
        (await Checkout.RunAsync("GenerateCi")).Expect(0);
        return await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
    }

    private async Task<RunResult> RunAsync(ActionsHost host, ActionsEvent happened)
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, ".github", "workflows", "mlops.yml"));
        return await new ActionsRunner(host).RunAsync(file, happened, _ => Task.FromResult(ActionsMachine.Hosted(Checkout)));
    }
}
