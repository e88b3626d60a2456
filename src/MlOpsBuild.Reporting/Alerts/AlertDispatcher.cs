using System.Globalization;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>
/// Tells each channel what is new to it. What was told stands in the audit log, which a team shares: whoever looks next, on whatever
/// machine, tells nothing twice and everything that failed to be told.
/// </summary>
/// <param name="channels">The ways to tell.</param>
/// <param name="audit">Where it is written down.</param>
/// <param name="actor">Who tells.</param>
/// <param name="quiet">Hours in which only quiet channels are told; null when there are none.</param>
public sealed class AlertDispatcher(IReadOnlyList<IAlertChannel> channels, AuditLog audit, string actor, QuietHours? quiet)
{
    /// <summary>The entry's action in the audit log.</summary>
    public const string Action = "alert";

    /// <summary>Tells all channels.</summary>
    /// <param name="result">How what serves is doing.</param>
    /// <param name="alert">What there is to tell of it.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops telling.</param>
    /// <returns>For each channel with something new, what happened in words, and whether it went wrong.</returns>
    public async Task<IReadOnlyList<(string Text, bool Failed)>> TellAsync(
        MonitorResult result, Alert alert, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lines = new List<(string, bool)>();
        var subject = $"{result.Pipeline}/{result.Environment}";
        var entries = (await audit.ReadAsync(cancellationToken))
            .Where(entry => entry.Action == Action && entry.Subject == subject).ToList();
        foreach (var channel in channels)
        {
            var told = entries.LastOrDefault(entry => entry.Details.GetValueOrDefault("channel") == channel.Name) is { } last
                ? Told(last)
                : null;
            var news = AlertDecision.Of(result, told);
            if (news == null && !(channel.IsQuiet && alert.State == AlertState.Open))
            {
                continue;
            }

            if (!channel.IsQuiet && quiet?.Contains(now) == true)
            {
                lines.Add(($"{channel.Name} is told after the quiet hours", false));
                continue;
            }

            var said = news == AlertState.Over ? Ended(alert, told!.Version) : alert;
            try
            {
                await channel.TellAsync(said, cancellationToken);
            }
            catch (AlertNotToldException problem)
            {
                lines.Add(($"{channel.Name} was not told, the next look tries again: {problem.Message}", true));
                continue;
            }

            if (news is { } state)
            {
                await audit.AppendAsync(
                    actor, Action, subject, said.Title,
                    new(StringComparer.Ordinal)
                    {
                        ["channel"] = channel.Name, ["points"] = AlertDecision.PointsOf(result), ["state"] = state.ToString(),
                        ["version"] = string.Create(CultureInfo.InvariantCulture, $"v{said.Version}"),
                    },
                    CancellationToken.None);
                lines.Add(($"{channel.Name} was told: {said.Title}", false));
            }
        }

        return lines;
    }

    // What is over is over for the version that was told of; what another one does now is no evidence of it.
    private static Alert Ended(Alert alert, int version) => alert with
    {
        State = AlertState.Over, Version = version, Commands = [], Since = null,
        Points = alert.Version == version
            ? alert.Points
            : [new("what serves", string.Create(CultureInfo.InvariantCulture, $"v{alert.Version} serves now"), null)],
    };

    private static ToldAlert? Told(AuditEntry entry) =>
        Enum.TryParse<AlertState>(entry.Details.GetValueOrDefault("state"), out var state)
        && int.TryParse(
            entry.Details.GetValueOrDefault("version")?.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(state, version, entry.Details.GetValueOrDefault("points") ?? "")
            : null;
}
