namespace MlOpsBuild.Engine.CI.Tests;

/// <summary>Values of the hosts beside GitHub Actions.</summary>
public sealed class BuildServerValuesTests
{
    [Theory]
    [InlineData("", "main")]
    [InlineData("feature", "feature")]
    public void Branch_of_a_merge_request_is_its_source(string source, string branch)
    {
        var host = new GitLab.GitLab(new Dictionary<string, string>
        {
            ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] = source,
            ["CI_COMMIT_REF_NAME"] = "main",
            ["CI_COMMIT_SHA"] = "abc",
        });

        ((IBuildServer)host).Branch.ShouldBe(branch);
        ((IBuildServer)host).Commit.ShouldBe("abc");
    }

    [Fact]
    public void GitLab_values_are_those_of_the_environment()
    {
        var host = new GitLab.GitLab(new Dictionary<string, string>
        {
            ["CI_PROJECT_ID"] = "17",
            ["CI_JOB_ID"] = "12345678901",
            ["CI_MERGE_REQUEST_IID"] = "7",
            ["CI_PIPELINE_SOURCE"] = "merge_request_event",
        });

        host.ShouldSatisfyAllConditions(
            () => host.ProjectId.ShouldBe(17),
            () => host.JobId.ShouldBe(12345678901),
            () => host.MergeRequestIid.ShouldBe("7"),
            () => host.PipelineSource.ShouldBe("merge_request_event"),
            () => host.PipelineId.ShouldBe(0),
            () => host.ServerUrl.ShouldBe(""));
    }

    [Theory]
    [InlineData("7", 7L)]
    [InlineData("", null)]
    [InlineData("0", null)]
    public void Azure_pull_request_is_a_number_or_nothing(string value, long? number) =>
        new AzurePipelines.AzurePipelines(new Dictionary<string, string> { ["SYSTEM_PULLREQUEST_PULLREQUESTID"] = value })
            .PullRequestId.ShouldBe(number);

    [Theory]
    [InlineData("feature", "feature")]
    [InlineData("", "origin/main")]
    public void Jenkins_branch_is_that_of_a_multibranch_job_or_else_of_git(string branch, string expected) =>
        ((IBuildServer)new Jenkins.Jenkins(new Dictionary<string, string> { ["BRANCH_NAME"] = branch, ["GIT_BRANCH"] = "origin/main" }))
            .Branch.ShouldBe(expected);

    [Fact]
    public void TeamCity_values_are_those_of_the_environment()
    {
        var host = new TeamCity.TeamCity(new Dictionary<string, string> { ["BUILD_NUMBER"] = "5", ["BUILD_VCS_NUMBER"] = "abc" });

        host.BuildNumber.ShouldBe("5");
        ((IBuildServer)host).Commit.ShouldBe("abc");
    }

    [Theory]
    [InlineData("GITEA_ACTIONS=true GITHUB_REF_NAME=main GITHUB_SHA=abc", "main")]
    [InlineData("GITEA_ACTIONS=true GITHUB_REF_NAME=7/merge GITHUB_HEAD_REF=feature GITHUB_SHA=abc", "feature")]
    [InlineData("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=main BITBUCKET_COMMIT=abc", "main")]
    [InlineData("CIRCLECI=true CIRCLE_BRANCH=main CIRCLE_SHA1=abc", "main")]
    [InlineData("CIRCLECI=true CIRCLE_SHA1=abc", "")]
    public void Branch_and_commit_are_those_of_the_environment(string variables, string branch)
    {
        using var run = new MlOpsBuild.Engine.Tests.TestRun();
        foreach (var pair in variables.Split(' ').Select(variable => variable.Split('=')))
        {
            run.Environment[pair[0]] = pair[1];
        }

        var server = Host.Of(run.Context()).ShouldBeAssignableTo<IBuildServer>()!;

        (server.Branch, server.Commit).ShouldBe((branch, "abc"));
    }
}
