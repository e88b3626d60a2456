using MlOpsBuild.Rendering;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>An alert in words.</summary>
internal static class AlertText
{
    /// <summary>For terminals and mail.</summary>
    public static string Plain(Alert alert) => Fill("alert.txt.sbn", TextFormat.Plain, alert);

    /// <summary>For issues.</summary>
    public static string Markdown(Alert alert) => Fill("alert.md.sbn", TextFormat.Markdown, alert);

    private static string Fill(string template, TextFormat format, Alert alert) =>
        new ScribanRenderer(format).Render(
            EmbeddedText.Read(typeof(AlertText).Assembly, template),
            new
            {
                alert.Title, IsOpen = alert.State == AlertState.Open, Run = alert.Run?.ToString() ?? "",
                Since = alert.Since is { } since ? Invariant($"{since:yyyy-MM-dd}") : "", At = Invariant($"{alert.At:yyyy-MM-dd HH:mm}"),
                Points = alert.Points.Select(point => new
                {
                    point.Name, point.Evidence, Since = point.Since is { } day ? Invariant($"{day:yyyy-MM-dd}") : "",
                }).ToList(),
                alert.Commands,
            });
}
