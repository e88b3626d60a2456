using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Who may only read takes over what the team has, and is told that nothing is sent.</summary>
public sealed class ReadOnlyRemoteTests
{
    [Fact]
    public async Task A_token_that_may_only_read_receives_and_keeps_what_it_wrote()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new("reader", "secret", GitHttpRight.Read)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        var b = await team.MachineAsync("b");
        var theirs = await b.SaveRunAsync(3);
        await b.SendAsync();
        var head = await team.HeadAsync();
        var a = await team.MachineAsync("a", server.UrlFor("team.git", "reader", "secret").AbsoluteUri);
        var mine = await a.SaveRunAsync(4);

        var report = await a.PublishAsync();

        report.Reached.ShouldBeTrue();
        report.ReadOnly.ShouldBeTrue();
        report.Problem.ShouldNotBeNull();
        report.Unsent.ShouldBe(1);
        (await a.RunAsync(theirs)).ShouldNotBeNull().Rows.ShouldBe(3);
        (await a.RunAsync(mine)).ShouldNotBeNull().Rows.ShouldBe(4);
        (await team.HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task A_build_that_is_to_write_nothing_does_not_even_try_and_says_why()
    {
        using var team = await TeamFixture.CreateAsync();
        var b = await team.MachineAsync("b");
        var theirs = await b.SaveRunAsync(3);
        await b.SendAsync();
        var head = await team.HeadAsync();
        var a = await team.MachineAsync("a", options => options with { ReadOnly = "it belongs to a change request" });
        await a.SaveRunAsync(4);

        var report = await a.PublishAsync();

        (report.ReadOnly, report.Problem, report.Unsent).ShouldBe((true, "it belongs to a change request", 1));
        (await a.RunAsync(theirs)).ShouldNotBeNull().Rows.ShouldBe(3);
        (await team.HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task A_refused_build_does_not_push_again()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new("reader", "secret", GitHttpRight.Read)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        var a = await team.MachineAsync("a", server.UrlFor("team.git", "reader", "secret").AbsoluteUri);
        await a.SaveRunAsync();
        await a.PublishAsync();
        var pushes = server.Requests.Count(request => request.IsPush);
        await a.SaveRunAsync();

        var report = await a.PublishAsync();

        report.ReadOnly.ShouldBeTrue();
        report.Unsent.ShouldBe(2);
        server.Requests.Count(request => request.IsPush).ShouldBe(pushes);
    }

    [Fact]
    public async Task A_host_that_protects_the_branch_is_read_only()
    {
        using var team = await TeamFixture.CreateAsync();
        await team.Remote.RunAsync(["config", "receive.hideRefs", "refs/heads/mlops"], CancellationToken.None);
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();

        var report = await a.PublishAsync();

        report.ReadOnly.ShouldBeTrue(report.Problem);
        report.Unsent.ShouldBe(1);
    }

    [Fact]
    public async Task A_branch_that_is_in_the_way_of_the_name_is_told_at_once()
    {
        using var team = await TeamFixture.CreateAsync();
        var commit = await team.Remote.CommitAsync([("a", "a")], "x", CancellationToken.None);
        await team.Remote.RunAsync(["update-ref", "refs/heads/mlops", commit], CancellationToken.None);
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();

        var report = await a.PublishAsync();

        report.ReadOnly.ShouldBeTrue();
        report.Attempts.ShouldBe(1);
        report.Unsent.ShouldBe(1);
    }
}
