using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A remote that does not answer stops nothing; what was written meanwhile is sent when it answers again.</summary>
public sealed class UnreachableRemoteTests
{
    [Fact]
    public async Task What_was_written_while_the_remote_was_down_is_sent_when_it_answers()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await ServeAsync(team);
        var a = await team.MachineAsync("a", server.UrlFor("team.git", "ci", "s3cret").AbsoluteUri);
        await a.SaveRunAsync();
        await a.SendAsync();
        await server.RefuseConnectionsAsync(CancellationToken.None);
        var id = await a.SaveRunAsync(2);
        (await a.RegisterAsync("x")).Number.ShouldBe(1);

        var report = await a.PublishAsync();

        report.Reached.ShouldBeFalse();
        report.ReadOnly.ShouldBeFalse();
        report.Problem.ShouldNotBeNull().ShouldNotContain("s3cret");
        report.Unsent.ShouldBe(2);
        await server.AcceptConnectionsAsync(CancellationToken.None);
        await a.SendAsync();
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.RunAsync(id)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_remote_that_is_silent_is_given_up()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await ServeAsync(team);
        var address = server.UrlFor("team.git", "ci", "s3cret").AbsoluteUri;
        var patient = await team.MachineAsync("a", address);
        await patient.SaveRunAsync();
        using (server.HangFor(_ => true))
        {
            // On a clock on which every wait is over at once.
            var report = await (await team.MachineAsync("a", address, time: new ManualTime())).PublishAsync();

            report.Reached.ShouldBeFalse();
            report.Problem.ShouldBe("fatal: no answer within 30 s");
            report.Unsent.ShouldBe(1);
        }

        await patient.SendAsync();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_remote_that_fails_once_gets_all_the_next_time(int status)
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await ServeAsync(team);
        var a = await team.MachineAsync("a", server.UrlFor("team.git", "ci", "s3cret").AbsoluteUri);
        await a.SaveRunAsync();
        server.FailNext(1, status, request => request is { IsPush: true, User: not null });

        var report = await a.PublishAsync();

        report.Reached.ShouldBeFalse();
        report.Unsent.ShouldBe(1);
        await a.SendAsync();
    }

    [Fact]
    public async Task A_remote_that_is_gone_and_whose_name_says_denied_is_unreachable_and_not_read_only()
    {
        using var team = await TeamFixture.CreateAsync();
        var path = team["denied/remote.git"];
        Directory.CreateDirectory(team["denied"]);
        await team.Remote.Git.RunAsync(team["denied"], ["init", "--quiet", "--bare", "remote.git"], CancellationToken.None);
        var a = await team.MachineAsync("a", path);
        await a.SaveRunAsync();
        await a.SendAsync();
        Directory.Move(path, team["away"]);
        await a.SaveRunAsync();

        var report = await a.PublishAsync();

        report.Reached.ShouldBeFalse();
        report.ReadOnly.ShouldBeFalse();
        Directory.Move(team["away"], path);
        await a.SendAsync();
    }

    [Fact]
    public async Task The_status_counts_both_sides_and_changes_neither()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        await b.SaveRunAsync();
        await b.AuditAsync("1");
        await b.SendAsync();
        await a.SaveRunAsync();

        for (var look = 0; look < 2; look++)
        {
            var status = await a.Team.StatusAsync(CancellationToken.None);
            status.Reached.ShouldBeTrue(status.Problem);
            status.Unsent.ShouldBe(new Dictionary<string, int> { ["runs"] = 1 });
            status.Unreceived.ShouldBe(new Dictionary<string, int> { ["audit"] = 1, ["runs"] = 1 });
            status.Shared.ShouldBe(new Dictionary<string, int> { ["audit"] = 1, ["runs"] = 1 });
            status.LastAgreed.ShouldBeNull();
        }
    }

    private static async Task<GitHttpServer> ServeAsync(TeamFixture team)
    {
        var server = await GitHttpServer.StartAsync([new("ci", "s3cret", GitHttpRight.Write)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        return server;
    }
}
