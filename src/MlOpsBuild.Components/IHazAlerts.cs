namespace MlOpsBuild.Components;

/// <summary>A build that tells somebody when what serves gets worse.</summary>
public interface IHazAlerts : INukeBuild
{
    /// <summary>An address that takes alerts as JSON.</summary>
    [Parameter("With Monitor: an address that alerts are posted to as JSON, for programs; it counts as a secret")]
    [Secret]
    string? AlertWebhook => TryGetValue(() => AlertWebhook);

    /// <summary>An incoming webhook of Slack.</summary>
    [Parameter("With Monitor: an incoming webhook of Slack, Mattermost or Rocket.Chat that alerts are posted to; it counts as a secret")]
    [Secret]
    string? AlertSlack => TryGetValue(() => AlertSlack);

    /// <summary>Whether an issue of the project tells of alerts.</summary>
    [Parameter("With Monitor: opens an issue of the project when what serves gets worse, keeps it up to date and closes it when that is over; in GitHub Actions (issues: write) and GitLab CI")]
    bool? AlertIssue => TryGetValue<bool?>(() => AlertIssue);

    /// <summary>Who gets alerts by mail.</summary>
    [Parameter("With Monitor: who gets alerts by mail, several; goes with --alert-mail-server")]
    string[]? AlertMailTo => TryGetValue(() => AlertMailTo);

    /// <summary>Who sends them.</summary>
    [Parameter("With Monitor: who sends alerts by mail; the first who gets them by default")]
    string? AlertMailFrom => TryGetValue(() => AlertMailFrom);

    /// <summary>A server that takes mail.</summary>
    [Parameter("With Monitor: the server that takes mail, as smtp://user:password@host:587 or smtps://…; it counts as a secret")]
    [Secret]
    string? AlertMailServer => TryGetValue(() => AlertMailServer);

    /// <summary>Hours in which nobody is disturbed.</summary>
    [Parameter("With Monitor: hours in which nobody is disturbed, for example \"22:00-07:00 Europe/Berlin\"; what is then new is told by the first look after them, issues at once")]
    string? QuietHours => TryGetValue(() => QuietHours);
}
