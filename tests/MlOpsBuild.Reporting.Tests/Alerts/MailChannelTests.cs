using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Alerts;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class MailChannelTests
{
    [Fact]
    public async Task Mail_goes_to_everybody_and_what_belongs_together_is_one_thread()
    {
        using var server = new FakeMailServer();
        var channel = new MailChannel(
            new("127.0.0.1", server.Port, false, null, null), "mlops@example.org", ["ann@example.org", "Bob <bob@example.org>"],
            new ManualTime());

        await channel.TellAsync(Looks.AlertOf(Looks.Failed()), CancellationToken.None);
        await channel.TellAsync(Looks.AlertOf(Looks.Passed()), CancellationToken.None);

        server.Messages.Count.ShouldBe(2);
        server.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)).Take(2)
            .ShouldBe(["RCPT TO:<ann@example.org>", "RCPT TO:<bob@example.org>"]);
        server.Messages[0].ShouldContain("Subject: Demand v3 on local got worse: loss");
        server.Messages[1].ShouldContain("Subject: Over: Demand v3 on local: over");
        server.Messages.Select(ThreadOf).Distinct().ShouldHaveSingleItem().ShouldEndWith("@mlopsbuild>");
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        using var server = new FakeMailServer();
        server.BeBusy(2);

        await new MailChannel(new("127.0.0.1", server.Port, false, null, null), "a@example.org", ["b@example.org"], new ManualTime())
            .TellAsync(Looks.AlertOf(Looks.Failed()), CancellationToken.None);

        server.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_asked_for_once()
    {
        using var server = new FakeMailServer { Password = "right" };
        var right = new MailServer("127.0.0.1", server.Port, false, "me", "right");
        Task Tell(MailServer to) => new MailChannel(to, "a@example.org", ["b@example.org"], new ManualTime())
            .TellAsync(Looks.AlertOf(Looks.Failed()), CancellationToken.None);

        await Tell(right);
        var problem = await Should.ThrowAsync<AlertNotToldException>(() => Tell(right with { Password = "wrong" }));

        problem.Message.ShouldStartWith($"127.0.0.1:{server.Port} does not take mail: ");
        problem.Message.ShouldNotContain("wrong name or password\0");
        server.Messages.ShouldHaveSingleItem();
        server.Commands.Count(command => command == "AUTH").ShouldBe(2);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_told()
    {
        var channel = new MailChannel(new("127.0.0.1", 1, false, null, null), "a@example.org", ["b@example.org"], new ManualTime());

        (await Should.ThrowAsync<AlertNotToldException>(() => channel.TellAsync(Looks.AlertOf(Looks.Failed()), CancellationToken.None)))
            .Message.ShouldStartWith("127.0.0.1:1 does not take mail");
    }

    [Fact]
    public void A_servers_address_holds_port_encryption_and_login()
    {
        MailServer.Parse("smtp://mail.example.org").ShouldBe(new("mail.example.org", 587, false, null, null));
        MailServer.Parse("smtps://a%40b:p%2Fq@mail.example.org").ShouldBe(new("mail.example.org", 465, true, "a@b", "p/q"));
        MailServer.Parse("smtp://mail.example.org:2525").Port.ShouldBe(2525);
        var refused = Should.Throw<UsageException>(() => MailServer.Parse("mail://me:topsecret@host")).Findings.Single();
        (refused.Code, refused.ToString().Contains("topsecret", StringComparison.Ordinal)).ShouldBe(("MLB6011", false));
    }

    private static string ThreadOf(string message) =>
        message.Split('\n').Single(line => line.StartsWith("References:", StringComparison.Ordinal)).Trim();
}
