using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class GitLabHostTests : IDisposable
{
    private readonly FakeGitLab _gitLab = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _gitLab.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Note_is_posted_found_among_three_hundred_newer_ones_and_updated()
    {
        await PublishAsync("first", 1);
        for (var i = 0; i < 300; i++)
        {
            _gitLab.Comments.Add(new(1_000 + i, $"note {i}", "alice"));
        }

        var lines = await PublishAsync("second", 2, remembers: false);

        lines.Select(line => (line.Way, line.Fell)).ShouldBe([("step summary", false), ("comment", false), ("external status", false)]);
        _gitLab.Comments.Where(note => ReportMarker.In(note.Body) != null).ShouldHaveSingleItem().Body.ShouldStartWith("second");
    }

    [Fact]
    public async Task Token_that_may_not_comment_says_so()
    {
        _gitLab.MayComment = false;

        var lines = await PublishAsync("first", 1);

        lines[1].Fell.ShouldBeTrue();
        lines[1].Text.ShouldContain("403");
        lines[2].Fell.ShouldBeFalse("the status needs less");
    }

    [Theory]
    [InlineData(true, true, "success", "stopped")]
    [InlineData(true, false, "success", "available")]
    [InlineData(false, true, "failed", "stopped")]
    public async Task A_deployment_brings_its_environment_and_a_rehearsals_is_stopped(
        bool succeeded, bool rehearsal, string status, string state)
    {
        var lines = await PublishAsync("first", 1, deployment: new("Demand/local", succeeded, true, rehearsal, "v2"));

        (lines[^1].Way, lines[^1].Fell).ShouldBe(("deployment", false));
        _gitLab.Deployments.ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe(status);
        var environment = _gitLab.Environments.ShouldHaveSingleItem();
        (environment.GetProperty("name").GetString(), environment.GetProperty("state").GetString()).ShouldBe(("Demand/local", state));
    }

    private Task<IReadOnlyList<PublishOutcome>> PublishAsync(
        string text, long run, bool remembers = true, DeploymentState? deployment = null)
    {
        var context = new CodeHostContext
        {
            Kind = CodeHostKind.GitLab, Api = _gitLab.Address, Project = _gitLab.ProjectId.ToString(), Request = 7,
            Commit = "0123456789abcdef0123456789abcdef01234567", Run = run, Token = _gitLab.Token,
        };
        var folder = remembers ? _folder.Path : Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        return new ReportPublisher(CodeHosts.Open(context, new ManualTime()), context, new(folder, context, "Demand"), stepSummary: null)
            .PublishAsync(
                new("Demand", MlOpsBuild.Core.Verdict.Passed, "All gates pass.", text) { Deployment = deployment }, CancellationToken.None);
    }
}
