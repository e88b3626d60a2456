using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Alerts;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class AlertSettingsTests
{
    private static readonly AlertSettings None = new(null, null, false, null, [], null, null);

    private static readonly CodeHostContext Host = new()
    {
        Kind = CodeHostKind.GitHub, Api = new("https://api.example.org/"), Project = "acme/shop",
        Commit = "0123456789abcdef0123456789abcdef01234567", Token = "ghs_x",
    };

    [Fact]
    public void Who_names_nobody_has_nobody_told() => Open(None).ShouldBeEmpty();

    [Fact]
    public void Each_way_that_is_named_is_there()
    {
        var channels = Open(new(
            "https://example.org/a", "https://example.org/b", true, "smtp://example.org", ["ann@example.org"], null, "22:00-07:00"));

        channels.Select(channel => channel.Name).ShouldBe(["webhook", "slack", "mail", "issue"]);
        channels.OfType<IDisposable>().ToList().ForEach(channel => channel.Dispose());
    }

    [Fact]
    public void All_that_cannot_be_is_told_at_once_and_no_secret_with_it()
    {
        var wrong = new AlertSettings("ftp://topsecret", "http://example.org/topsecret", true, null, ["ann@example.org"], null, null);

        var problem = Should.Throw<UsageException>(() => wrong.Open(null, new ManualTime()));

        problem.Findings.Select(finding => finding.Code).ShouldBe(["MLB7085", "MLB7085", "MLB7083", "MLB7084"]);
        problem.ToString().ShouldNotContain("topsecret");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/x")]
    [InlineData("http://localhost/x")]
    public void Without_encryption_only_this_machine_is_told(string address)
    {
        var channel = Open(None with { Webhook = address }).ShouldHaveSingleItem().ShouldBeOfType<WebhookChannel>();
        channel.Dispose();
    }

    [Fact]
    public void A_build_without_a_token_opens_no_issue() =>
        Should.Throw<UsageException>(() => (None with { Issue = true }).Open(Host with { Token = null }, new ManualTime()))
            .Findings.Single().Value.ShouldBe("no token");

    private static IReadOnlyList<IAlertChannel> Open(AlertSettings settings) => settings.Open(Host, new ManualTime());
}
