using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

public sealed class GitHubActionsTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("""{ "number": 12 }""", 12)]
    [InlineData("""{ "pull_request": { "number": 13 } }""", 13)]
    [InlineData("""{ "number": 12, "pull_request": { "number": 13 } }""", 12)]
    [InlineData("""{ "number": "12" }""", 7)]
    [InlineData("""{ "pull_request": 5 }""", 7)]
    [InlineData("""{ "number": """, 7)]
    [InlineData("[]", 7)]
    [InlineData("", 7)]
    [InlineData(null, 7)]
    public void Number_of_the_pull_request_is_the_events_or_else_the_references(string? payload, int number)
    {
        if (payload != null)
        {
            _run.Write("event.json", payload);
        }

        Of("GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/pull/7/merge", $"GITHUB_EVENT_PATH={_run.Root}/event.json")
            .PullRequestNumber.ShouldBe(number);
    }

    [Theory]
    [InlineData("push", "refs/pull/7/merge")]
    [InlineData("pull_request", "refs/heads/pull/7")]
    [InlineData("pull_request", "refs/pull/x/merge")]
    [InlineData("pull_request", "refs/pull/-7/merge")]
    [InlineData("pull_request", "")]
    public void There_is_no_number_without_a_pull_request(string name, string reference) =>
        Of($"GITHUB_EVENT_NAME={name}", $"GITHUB_REF={reference}").PullRequestNumber.ShouldBeNull();

    [Fact]
    public void Values_are_those_of_the_environment()
    {
        var host = Of(
            "GITHUB_EVENT_NAME=pull_request_target", "GITHUB_REPOSITORY=owner/name", "GITHUB_RUN_ID=12345678901", "GITHUB_RUN_NUMBER=5",
            "GITHUB_RUN_ATTEMPT=2",
            "GITHUB_SHA=abc", "GITHUB_STEP_SUMMARY=/tmp/summary.md");

        host.ShouldSatisfyAllConditions(
            () => host.IsPullRequest.ShouldBeTrue(),
            () => host.Repository.ShouldBe("owner/name"),
            () => host.RunId.ShouldBe(12345678901),
            () => host.RunNumber.ShouldBe(5),
            () => host.RunAttempt.ShouldBe(2),
            () => ((IBuildServer)host).Commit.ShouldBe("abc"),
            () => host.StepSummaryFile.ShouldBe(AbsolutePath.Create("/tmp/summary.md")));
    }

    [Fact]
    public void What_is_not_set_is_empty_or_nothing()
    {
        var host = Of("GITHUB_RUN_NUMBER=many", "GITHUB_STEP_SUMMARY=relative.md");

        host.ShouldSatisfyAllConditions(
            () => host.Workflow.ShouldBe(""),
            () => host.RunNumber.ShouldBe(0),
            () => host.IsPullRequest.ShouldBeFalse(),
            () => host.StepSummaryFile.ShouldBeNull());
    }

    [Theory]
    [InlineData("", "main")]
    [InlineData("feature", "feature")]
    public void Branch_of_a_pull_request_is_its_source(string head, string branch) =>
        ((IBuildServer)Of($"GITHUB_HEAD_REF={head}", "GITHUB_REF_NAME=main")).Branch.ShouldBe(branch);

    private static GitHubActions.GitHubActions Of(params string[] variables) =>
        new(variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
}
