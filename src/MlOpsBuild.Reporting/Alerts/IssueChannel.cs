using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>
/// Keeps one issue for each place where a pipeline serves: opened once, brought up to date while the alert lasts, closed when it is over.
/// </summary>
/// <param name="tracker">Where issues are.</param>
public sealed class IssueChannel(IIssueTracker tracker) : IAlertChannel
{
    /// <summary>The label of such issues, by which they are found again.</summary>
    public const string Label = "mlops-alert";

    /// <inheritdoc />
    public string Name => "issue";

    /// <inheritdoc />
    public bool IsQuiet => true;

    /// <inheritdoc />
    public async Task TellAsync(Alert alert, CancellationToken cancellationToken)
    {
        var marker = $"<!-- mlops-alert {Uri.EscapeDataString(alert.Pipeline)}/{Uri.EscapeDataString(alert.Environment)} -->";
        var body = $"{AlertText.Markdown(alert)}\n{marker}\n";
        try
        {
            var known = (await tracker.OpenAsync(Label, cancellationToken))
                .Where(issue => issue.Body.TrimEnd().EndsWith(marker, StringComparison.Ordinal)).MinBy(issue => issue.Number);
            switch (known, alert.State)
            {
                case (null, AlertState.Open):
                    await tracker.CreateAsync(alert.Title, body, Label, cancellationToken);
                    break;
                case ({ } open, AlertState.Open):
                    await UpdateAsync(open, alert, body, cancellationToken);
                    break;
                case ({ } open, AlertState.Over):
                    await tracker.CommentAsync(open.Number, AlertText.Markdown(alert), cancellationToken);
                    await tracker.CloseAsync(open.Number, cancellationToken);
                    break;
                default:
                    break;
            }
        }
        catch (HostRefusedException refused)
        {
            throw new AlertNotToldException($"{tracker.Name}: {refused.Message}", refused);
        }
    }

    // A comment tells whoever follows the issue; figures alone change in silence.
    private async Task UpdateAsync(HostIssue open, Alert alert, string body, CancellationToken cancellationToken)
    {
        if (open.Title != alert.Title)
        {
            await tracker.CommentAsync(open.Number, AlertText.Markdown(alert), cancellationToken);
        }

        if (open.Title != alert.Title || open.Body.Trim() != body.Trim())
        {
            await tracker.UpdateAsync(open.Number, alert.Title, body, cancellationToken);
        }
    }
}
