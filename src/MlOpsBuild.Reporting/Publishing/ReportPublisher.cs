using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Shows a report where the change is reviewed, by the best way that is open: a comment and a state beside the commit, else the step
/// summary, else the files alone. A report that cannot be shown never fails a build: its verdict is the build's exit code.
/// </summary>
/// <param name="host">The code host; null when the build was given no token, or does not run on one.</param>
/// <param name="context">What is being built.</param>
/// <param name="memory">Which comment was ours.</param>
/// <param name="stepSummary">The file that takes a step's summary; null when the host has none.</param>
public sealed class ReportPublisher(ICodeHost? host, CodeHostContext context, CommentMemory memory, string? stepSummary)
{
    // What the host shows of one step; beyond that it shows nothing.
    private static readonly CommentForm Summary = new(1_000_000);

    /// <summary>Publishes; each line says which way, and why not a better one.</summary>
    public async Task<IReadOnlyList<PublishOutcome>> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        List<PublishOutcome> lines = publication.IsPart ? []
            : [await SummariseAsync(publication, cancellationToken), await CommentAsync(publication, cancellationToken)];
        if (host != null && publication.JudgesCommit)
        {
            lines.Add(await ShowAsync(publication, cancellationToken));
        }

        if (host != null && publication.Deployment is { } deployment)
        {
            lines.Add(await DeployAsync(deployment, cancellationToken));
        }

        return lines;
    }

    private string Fit(Publication publication, CommentForm form)
    {
        var marker = (string text) => ReportMarker.Of(context, publication.Pipeline, text);
        return CommentBody.Fit(
            publication.Parts.Count == 0
                ? publication.Markdown
                : JointReport.Write(publication.Parts, form.Longest - form.Hide(marker("")).Length - 2, context.RunAddress),
            marker, form, context.RunAddress);
    }

    private async Task<PublishOutcome> CommentAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (host == null || context.Request == null)
        {
            return new(
                "comment",
                context.Request == null
                    ? "no pull request is being built"
                    : $"no token: give the step {HostTokens.Advice(context.Kind)}",
                context.Request != null);
        }

        var body = Fit(publication, host.Form);
        try
        {
            return await new CommentPublisher(host, memory).PublishAsync(body, cancellationToken) switch
            {
                CommentOutcome.Created => new("comment", $"posted to {host.Name} #{context.Request}", false),
                CommentOutcome.Updated => new("comment", $"updated on {host.Name} #{context.Request}", false),
                CommentOutcome.Unchanged => new("comment", $"on {host.Name} #{context.Request} says so already", false),
                _ => new("comment", $"on {host.Name} #{context.Request} is of a newer run and stays", false),
            };
        }
        catch (HostRefusedException refused)
        {
            return new(
                "comment",
                refused.IsForbidden
                    ? $"the token may not comment ({refused.Message}); {HostTokens.NeededToComment(context.Kind)}"
                    : $"not posted: {refused.Message}",
                true);
        }
    }

    private async Task<PublishOutcome> ShowAsync(Publication publication, CancellationToken cancellationToken)
    {
        try
        {
            var way = await host!.ShowAsync(
                new(
                    $"mlops/{publication.Pipeline}", publication.Verdict == Verdict.Passed, publication.Verdict != Verdict.Inconclusive,
                    publication.Answer, publication.Markdown) { Remarks = publication.Remarks },
                cancellationToken);
            return new(way, $"{publication.Verdict} beside {context.Commit[..Math.Min(8, context.Commit.Length)]}", false);
        }
        catch (HostRefusedException refused)
        {
            return new("commit status", $"not shown: {refused.Message}", true);
        }
    }

    private async Task<PublishOutcome> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        try
        {
            return new(await host!.DeployAsync(state, cancellationToken), $"{state.Environment}: {state.Description}", false);
        }
        catch (HostRefusedException refused)
        {
            return new(
                "deployment",
                $"not shown: {refused.Message}{(refused.IsForbidden ? $" ({HostTokens.NeededToDeploy(context.Kind)})" : "")}",
                true);
        }
    }

    private async Task<PublishOutcome> SummariseAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (stepSummary == null)
        {
            return new("step summary", "this host has none", false);
        }

        try
        {
            await File.AppendAllTextAsync(stepSummary, Fit(publication, Summary) + "\n", cancellationToken);
            return new("step summary", "written", false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new("step summary", $"not written: {problem.Message}", true);
        }
    }
}
