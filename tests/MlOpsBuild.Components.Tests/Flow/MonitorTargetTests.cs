using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit.Alerts;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Components.Flow.Tests;

public sealed class MonitorTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Where_nothing_serves_there_is_nothing_to_look_after_and_nobody_is_told()
    {
        using var hook = new FakeWebhook();

        (await _run.RunAsync<DeployingBuild>("Monitor", "--alert-webhook", hook.Address.ToString())).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("SmallDemand/local: no version serves");
        _run.Output.ShouldContain("There is nothing to look after");
        hook.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whom_to_tell_is_checked_before_anything_is_looked_at()
    {
        (await _run.RunAsync<DeployingBuild>(
            "Monitor", "--alert-slack", "http://example.org/topsecret", "--alert-mail-to", "ann@example.org", "--alert-issue"))
            .ShouldBe(2, _run.Output);

        foreach (var problem in (string[])["Alerts are not posted there", "Mail needs a server", "There is no project to open an issue in"])
        {
            _run.Output.ShouldContain(problem);
        }

        _run.Output.ShouldNotContain("topsecret");
        _run.Output.ShouldNotContain("no version serves");
    }

    [Fact]
    public async Task An_issue_needs_a_token_of_the_code_host()
    {
        using var gitHub = new FakeGitHub();
        _run.RunOn(gitHub, []);
        _run.Environment.Remove("GITHUB_TOKEN");

        (await _run.RunAsync<DeployingBuild>("Monitor", "--alert-issue")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("There is no project to open an issue in 'no token'");
        gitHub.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--quiet-hours", "at night", "These are no quiet hours")]
    [InlineData("--alert-mail-server", "mail://x", "This is no mail server")]
    public async Task What_cannot_be_read_is_told(string option, string value, string problem)
    {
        (await _run.RunAsync<DeployingBuild>(
            "Monitor", option, value, "--alert-mail-to", "ann@example.org", "--alert-webhook", "ftp://x")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain(problem);
        _run.Output.ShouldContain("Alerts are not posted there");
    }
}
