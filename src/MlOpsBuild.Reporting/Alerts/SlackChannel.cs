using System.Text.Json.Nodes;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>
/// Posts alerts to an incoming webhook of Slack, or of what understands its messages (Mattermost, Rocket.Chat, Discord's /slack).
/// </summary>
public sealed class SlackChannel(Uri address, TimeProvider time) : IAlertChannel, IDisposable
{
    // Slack's limits of a header and of a section.
    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private readonly WebhookPost _post = new(address, time);

    /// <inheritdoc />
    public string Name => "slack";

    /// <inheritdoc />
    public bool IsQuiet => false;

    /// <inheritdoc />
    public Task TellAsync(Alert alert, CancellationToken cancellationToken) =>
        _post.SendAsync(BodyOf(alert), $"{alert.Id}-{alert.State}", cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _post.Dispose();

    private static JsonObject BodyOf(Alert alert)
    {
        var sign = alert.State == AlertState.Open ? "🔴" : "🟢";
        var points = string.Join('\n', alert.Points.Select(point =>
            $"• *{Escape(point.Name)}*{(point.Since is { } since ? Invariant($" since {since:yyyy-MM-dd}") : "")}: {Escape(point.Evidence)}"));
        var commands = string.Join('\n', alert.Commands.Select(command => $"{Escape(command.Does)}: `{Escape(command.Command)}`"));
        var blocks = new JsonArray(
            new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Cut($"{sign} {alert.Title}", LongestHeader) },
            });
        foreach (var text in new[] { points, commands, alert.Run is { } run ? $"<{run}|The run that looked>" : "" }
            .Where(text => text.Length > 0))
        {
            blocks.Add(new JsonObject
            {
                ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = Cut(text, LongestSection) },
            });
        }

        // Notifications, and what knows no blocks, show the text.
        return new() { ["text"] = $"{sign} {Escape(alert.Title)}", ["blocks"] = blocks };
    }

    // The three signs that mean something to Slack: without them no mention and no link can be made of a value.
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
