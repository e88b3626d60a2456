using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.CI.Tests;

public sealed class HostDetectionTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("GITHUB_ACTIONS", "GitHub Actions")]
    [InlineData("GITLAB_CI", "GitLab CI")]
    [InlineData("TF_BUILD", "Azure Pipelines")]
    [InlineData("TEAMCITY_VERSION", "TeamCity")]
    [InlineData("JENKINS_URL", "Jenkins")]
    [InlineData("JENKINS_HOME", "Jenkins")]
    [InlineData("GITEA_ACTIONS", "Gitea Actions")]
    [InlineData("FORGEJO_ACTIONS", "Gitea Actions")]
    [InlineData("BITBUCKET_BUILD_NUMBER", "Bitbucket Pipelines")]
    [InlineData("CIRCLECI", "CircleCI")]
    [InlineData("CI", "build server")]
    [InlineData("HOST", "terminal")]
    public void Variable_names_the_host(string variable, string name)
    {
        _run.Environment[variable] = "true";

        Host.Of(_run.Context()).DisplayName.ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("false")]
    public void Variable_that_says_no_names_none(string value)
    {
        _run.Environment["GITHUB_ACTIONS"] = value;
        _run.Environment["CI"] = value;

        Host.Of(_run.Context()).DisplayName.ShouldBe("terminal");
        _run.Context().IsServerBuild.ShouldBeFalse();
    }

    [Fact]
    public void First_of_several_wins()
    {
        // Runners of one host run on another, and all of them say CI.
        string[] order =
        [
            "GITEA_ACTIONS", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL",
            "BITBUCKET_BUILD_NUMBER", "CIRCLECI",
            "CI",
        ];
        var names = new List<string>();
        foreach (var variable in order.Reverse())
        {
            _run.Environment[variable] = "true";
            names.Add(Host.Of(_run.Context()).DisplayName);
        }

        names.ShouldBe(
        [
            "build server", "CircleCI", "Bitbucket Pipelines", "Jenkins", "TeamCity", "Azure Pipelines", "GitLab CI", "GitHub Actions",
            "Gitea Actions",
        ]);
    }

    [Fact]
    public async Task Instance_is_there_inside_a_build_on_that_host_only()
    {
        _run.Environment["GITHUB_ACTIONS"] = "true";
        var build = new Sample();

        await _run.RunAsync(build, "Look");

        build.Seen.ShouldBe("GitHub Actions, GitHubActions True, GitLab False, server True");
        GitHubActions.GitHubActions.Instance.ShouldBeNull();
    }

    private sealed class Sample : NukeBuild
    {
        public string Seen { get; private set; } = "";

        public Target Look => _ => _.Executes(() => Seen =
            $"{Host.DisplayName}, GitHubActions {GitHubActions.GitHubActions.Instance != null}, GitLab {GitLab.GitLab.Instance != null}, server {Host is IBuildServer}");
    }
}
