using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Alerts;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Session;

/// <summary>Whom the caller wants to be told of alerts.</summary>
/// <param name="Webhook">An address for programs.</param>
/// <param name="Slack">An incoming webhook of Slack.</param>
/// <param name="Issue">Whether an issue tells of them.</param>
/// <param name="MailServer">The server that takes mail.</param>
/// <param name="MailTo">Who gets mail.</param>
/// <param name="MailFrom">Who sends it.</param>
/// <param name="Quiet">Hours in which nobody is disturbed.</param>
internal sealed record AlertSettings(
    string? Webhook, string? Slack, bool Issue, string? MailServer, IReadOnlyList<string> MailTo, string? MailFrom, string? Quiet)
{
    /// <summary>What the caller of <paramref name="build"/> said.</summary>
    public static AlertSettings Of(IHazAlerts build) => new(
        build.AlertWebhook, build.AlertSlack, build.AlertIssue == true, build.AlertMailServer, build.AlertMailTo ?? [],
        build.AlertMailFrom, build.QuietHours);

    /// <summary>The hours in which nobody is disturbed; null when there are none.</summary>
    /// <exception cref="UsageException">They cannot be read.</exception>
    public QuietHours? QuietHours => Quiet is { Length: > 0 } text ? Reporting.Alerts.QuietHours.Parse(text) : null;

    /// <summary>The ways to tell that the caller named; those that hold a connection are disposed by whoever asked.</summary>
    /// <param name="host">What is being built; null outside the hosts we know.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">What the caller named cannot be; all problems at once.</exception>
    public IReadOnlyList<IAlertChannel> Open(CodeHostContext? host, TimeProvider time)
    {
        var problems = new List<Finding>();
        var channels = new List<IAlertChannel>();
        if (AddressOf(Webhook, "--alert-webhook", problems) is { } webhook)
        {
            channels.Add(new WebhookChannel(webhook, time));
        }

        if (AddressOf(Slack, "--alert-slack", problems) is { } slack)
        {
            channels.Add(new SlackChannel(slack, time));
        }

        Read(() => QuietHours, problems);
        if (MailServer is { Length: > 0 } server && MailTo is [var first, ..])
        {
            if (Read(() => Reporting.Alerts.MailServer.Parse(server), problems) is { } mail)
            {
                channels.Add(new MailChannel(mail, MailFrom ?? first, MailTo, time));
            }
        }
        else if (MailServer is { Length: > 0 } || MailTo.Count > 0)
        {
            problems.Add(new(
                "MLB7083", "Mail needs a server and somebody to get it", "--alert-mail-server, --alert-mail-to", null, "both",
                "name the one that is missing"));
        }

        if (Issue && host != null && CodeHosts.OpenIssues(host, time) is { } issues)
        {
            channels.Add(new IssueChannel(issues));
        }
        else if (Issue)
        {
            problems.Add(new(
                "MLB7084", "There is no project to open an issue in", "--alert-issue",
                host == null ? "no code host" : host.Token == null ? "no token" : host.Kind.ToString(),
                "a build of a repository on GitHub or GitLab with a token",
                "let the scheduled job pass the token, or leave the switch out"));
        }

        return problems.Count == 0 ? channels : throw new UsageException("Alerts cannot be told so", problems);
    }

    private static T? Read<T>(Func<T?> read, List<Finding> problems) where T : class
    {
        try
        {
            return read();
        }
        catch (UsageException problem)
        {
            problems.AddRange(problem.Findings);
            return null;
        }
    }

    private static Uri? AddressOf(string? text, string option, List<Finding> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return address;
        }

        problems.Add(new(
            "MLB7085", "Alerts are not posted there", option, "(hidden: it counts as a secret)",
            "an address with https://, or http:// on this machine", "correct the address"));
        return null;
    }
}
