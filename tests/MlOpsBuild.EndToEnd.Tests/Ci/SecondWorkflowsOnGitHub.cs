using MlOpsBuild.EndToEnd.Tests.Actions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>What follows a run or a comment: a fork's report, and commands.</summary>
public sealed class SecondWorkflowsOnGitHub(BuiltRepository repository) : EndToEndTest(repository)
{
    [Fact]
    public async Task Report_of_a_fork_reaches_its_pull_request_by_the_second_workflow()
    {
        using var host = await HostAsync();
        var runner = new ActionsRunner(host);
        var first = await RunAsync(runner, "mlops", host.PullRequest(fromFork: true));

        var second = await RunAsync(runner, "mlops-report", host.Completed(first));

        second.Ran.ShouldBe(["report"]);
        second["report"].ExitCodes.ShouldBe([0], second["report"].Output);
        second["report"].Output.ShouldContain("comment: posted to GitHub #7");
        var comment = host.GitHub.Comments.ShouldHaveSingleItem().Body;
        comment.ShouldContain("BikeDemand: Passed");
        comment.ShouldContain("Made by the code of a fork");
        host.GitHub.CheckRuns.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_of_a_colleague_needs_no_second_workflow()
    {
        using var host = await HostAsync();
        var runner = new ActionsRunner(host);
        var first = await RunAsync(runner, "mlops", host.PullRequest(fromFork: false));

        (await RunAsync(runner, "mlops-report", host.Completed(first))).Ran.ShouldBeEmpty();

        host.GitHub.Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Command_of_somebody_who_may_write_retrains_the_main_branch_and_says_so()
    {
        using var host = await HostAsync();
        host.GitHub.Permissions["ann"] = "write";
        var runner = new ActionsRunner(host);
        await RunAsync(runner, "mlops", host.PullRequest(fromFork: false));

        var run = await RunAsync(runner, "mlops-commands", host.Comment("/mlops retrain", "ann", "MEMBER"));

        run["command"].ExitCodes.ShouldBe([0, 0], run["command"].Output);
        host.GitHub.Reactions.ShouldBe([(1, "rocket")]);
        host.GitHub.Comments.Count.ShouldBe(2, "the pull request's own report stays");
        host.GitHub.Comments[1].Body.ShouldContain("Trained anew from main, as ann asked in a comment; this change is not in it.");
        host.Artifacts.Of(run.Id).ShouldBe(["retrain-report"]);
    }

    [Theory]
    [InlineData("/mlops retrain", "eve", new[] { 0 })]
    [InlineData("/mlops rollback now", "ann", new[] { 2 })]
    [InlineData("I like /mlops retrain", "ann", new int[0])]
    public async Task Nothing_is_done_for_others_nor_what_is_no_command_here(string body, string author, int[] exitCodes)
    {
        using var host = await HostAsync();
        host.GitHub.Permissions["ann"] = "write";
        host.GitHub.Permissions["eve"] = "read";

        // What a comment says of its author is not asked; what the host says is.
        var run = await RunAsync(new ActionsRunner(host), "mlops-commands", host.Comment(body, author, "OWNER"));

        run.Ran.SelectMany(job => run[job].ExitCodes).ShouldBe(exitCodes);
        host.GitHub.Comments.ShouldBeEmpty();
        host.GitHub.CheckRuns.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stages_as_jobs_take_over_what_the_one_before_found_even_for_a_fork()
    {
        using var host = await HostAsync();
        using var files = await GeneratedFiles.OfAsync<CiVariants.Staged>();

        var run = await new ActionsRunner(host)
            .RunAsync(files.Workflow("mlops"), host.PullRequest(fromFork: true), _ => Task.FromResult(ActionsMachine.Hosted(Checkout)));

        run.Ran.ShouldBe(["validate-data", "train", "test-model"]);
        foreach (var job in run.Ran)
        {
            run[job].ExitCodes.ShouldBe([0], run[job].Output);
        }

        run["train"].Output.ShouldContain("validate: restored");
        run["test-model"].Output.ShouldContain("train: restored");
        host.Artifacts.Of(run.Id)
            .ShouldBe(["validate-data-results", "train-results", "test-model-report", "test-model-results"], ignoreOrder: true);
    }

    private async Task<ActionsHost> HostAsync()
    {
        (await Checkout.RunAsync("GenerateCi")).Expect(0);
        return await ActionsHost.StartAsync(Checkout.Root, Checkout.Environment);
    }

    private async Task<RunResult> RunAsync(ActionsRunner runner, string workflow, ActionsEvent happened)
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, ".github", "workflows", workflow + ".yml"));
        return await runner.RunAsync(file, happened, _ => Task.FromResult(ActionsMachine.Hosted(Checkout)));
    }
}
