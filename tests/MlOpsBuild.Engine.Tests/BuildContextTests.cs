namespace MlOpsBuild.Engine.Tests;

public sealed class BuildContextTests
{
    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", true)]
    [InlineData("GITLAB_CI", "true", true)]
    [InlineData("TF_BUILD", "True", true)]
    [InlineData("JENKINS_HOME", "/var/jenkins", true)]
    [InlineData("FORGEJO_ACTIONS", "true", true)]
    [InlineData("BITBUCKET_BUILD_NUMBER", "31", true)]
    [InlineData("CIRCLECI", "true", true)]
    [InlineData("CI", "1", true)]
    [InlineData("CI", "false", false)]
    [InlineData("CI", "", false)]
    [InlineData("HOME", "/root", false)]
    public void Build_server_is_known_by_its_variables(string name, string value, bool server)
    {
        using var run = new TestRun();
        run.Environment[name] = value;

        run.Context().IsServerBuild.ShouldBe(server);
    }
}
