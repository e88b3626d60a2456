using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class IssueChannelTests : IDisposable
{
    private readonly FakeGitHub _gitHub = new();
    private readonly FakeGitLab _gitLab = new();

    public void Dispose()
    {
        _gitHub.Dispose();
        _gitLab.Dispose();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task An_issue_is_opened_once_brought_up_to_date_and_closed(CodeHostKind kind)
    {
        var (host, channel) = Open(kind);

        await TellAsync(channel, Looks.AlertOf(Looks.Failed()));
        var issue = host.Issues.ShouldHaveSingleItem();
        (issue.Title, issue.IsOpen, issue.Labels.Single()).ShouldBe(("Demand v3 on local got worse: loss", true, "mlops-alert"));
        await TellAsync(channel, Looks.AlertOf(Looks.Failed()));
        host.Comments.ShouldBeEmpty();

        await TellAsync(channel, Looks.AlertOf(Looks.Failed(3, "loss", "requests")));
        issue.Title.ShouldBe("Demand v3 on local got worse: loss, requests");
        issue.Body.ShouldContain("| requests |");
        host.Comments.ShouldHaveSingleItem();

        await TellAsync(channel, Looks.AlertOf(Looks.Passed()));
        (host.Issues.Count, issue.IsOpen).ShouldBe((1, false));
        host.Comments[^1].Body.ShouldContain("🟢 **Demand v3 on local: over**");
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task New_figures_change_the_text_and_disturb_nobody(CodeHostKind kind)
    {
        var (host, channel) = Open(kind);
        var alert = Looks.AlertOf(Looks.Failed());
        await TellAsync(channel, alert);

        await TellAsync(channel, alert with { Points = [alert.Points[0] with { Evidence = "mean 9" }] });

        host.Issues.ShouldHaveSingleItem().Body.ShouldContain("mean 9");
        host.Comments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task Each_place_has_an_issue_of_its_own_and_what_is_over_twice_opens_none(CodeHostKind kind)
    {
        var (host, channel) = Open(kind);
        var alert = Looks.AlertOf(Looks.Failed());

        await TellAsync(channel, alert);
        await TellAsync(channel, alert with { Environment = "docker" });
        await TellAsync(channel, alert with { Environment = "docker", State = AlertState.Over });
        await TellAsync(channel, alert with { Environment = "docker", State = AlertState.Over });

        host.Issues.Select(issue => issue.IsOpen).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData(CodeHostKind.GitHub)]
    [InlineData(CodeHostKind.GitLab)]
    public async Task A_token_that_may_not_write_issues_is_told(CodeHostKind kind)
    {
        var (host, channel) = Open(kind);
        host.MayIssue = false;

        (await Should.ThrowAsync<AlertNotToldException>(() => TellAsync(channel, Looks.AlertOf(Looks.Failed()))))
            .Message.ShouldStartWith($"{kind}: 403");
    }

    private static Task TellAsync(IssueChannel channel, Alert alert) => channel.TellAsync(alert, CancellationToken.None);

    private (FakeCodeHost Host, IssueChannel Channel) Open(CodeHostKind kind)
    {
        FakeCodeHost host = kind == CodeHostKind.GitHub ? _gitHub : _gitLab;
        var context = new CodeHostContext
        {
            Kind = kind, Api = host.Address, Project = kind == CodeHostKind.GitHub ? _gitHub.Repository : _gitLab.ProjectPath,
            Commit = "0123456789abcdef0123456789abcdef01234567", Token = host.Token,
        };
        return (host, new(CodeHosts.OpenIssues(context, new ManualTime())!));
    }
}
