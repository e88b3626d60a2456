using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>Run record → report files → where the change is reviewed.</summary>
internal static class ReportFlow
{
    private const string All = "*";

    /// <summary>Reports on each of <paramref name="pipelines"/>, and shows them as one where the change is reviewed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pipelines">The pipelines.</param>
    /// <param name="failed">Targets of this build that failed.</param>
    /// <param name="publishes">Whether anything is shown there.</param>
    /// <param name="comments">Whether a comment is; a later job may make one of all.</param>
    /// <param name="trainsMergeBase">Whether the commit a change starts from is tested when nobody has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task ReportAllAsync(
        RunSession session, IReadOnlyList<string> pipelines, IReadOnlyList<string> failed, bool publishes, bool comments,
        bool trainsMergeBase, CancellationToken cancellationToken)
    {
        var told = new List<Publication>();
        try
        {
            foreach (var pipeline in pipelines)
            {
                await ReportAsync(session, pipeline, failed, publishes, trainsMergeBase, told, cancellationToken);
            }
        }
        finally
        {
            // What was found of some is told, whatever became of the others.
            if (comments)
            {
                await PublishTogetherAsync(session, session.CodeHost, told, cancellationToken);
            }
        }
    }

    /// <summary>Shows reports on several pipelines as one.</summary>
    public static async Task PublishTogetherAsync(
        RunSession session, CodeHostContext? host, IReadOnlyList<Publication> parts, CancellationToken cancellationToken)
    {
        if (host != null && parts.Count > 0)
        {
            await PublishAsync(
                session, host, JointReport.Of(host.AskedBy == null ? All : $"{All}/{CommentCommand.Retrain}", parts), cancellationToken);
        }
    }

    /// <summary>Reports on what this build tested, else on the version it deployed, else on the latest tested model.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="failed">Targets of this build that failed.</param>
    /// <param name="publishes">Whether the report is shown where the change is reviewed.</param>
    /// <param name="trainsMergeBase">Whether the commit a change starts from is tested when nobody has.</param>
    /// <param name="together">Takes what is told in a comment with others; null where it has one of its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The report, Markdown; of a model that was not tested, why not.</returns>
    public static async Task<string> ReportAsync(
        RunSession session, string pipeline, IReadOnlyList<string> failed, bool publishes, bool trainsMergeBase,
        ICollection<Publication>? together, CancellationToken cancellationToken)
    {
        var host = session.CodeHost;
        var current = session.CurrentRun(pipeline);
        var deployed = session.DeployedNow(pipeline);
        if (current?.Evidence == null && deployed == null && failed.Count > 0)
        {
            return await TellNotTestedAsync(session, pipeline, failed, publishes ? host : null, together, cancellationToken);
        }

        var run = current is { Evidence: not null }
            ? current
            : await EarlierAsync(session, pipeline, deployed?.Deployment.Version, cancellationToken);
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var input = await new ReportMaterial(session, run, deployed?.Deployment).GatherAsync(host, trainsMergeBase, cancellationToken);
        var report = ReportComposer.Compose(input);
        var writer = await ReportWriter.OfAsync(session.Root, pipeline, cancellationToken);
        var folder = Path.Combine(session.Store.Folder, "reports", run.Id);
        await writer.WriteAsync(report, folder, cancellationToken);
        GateTable.Write(session.Output, input.Evidence, run.Champion);
        session.Output.Line($"report: {Path.GetRelativePath(session.Root, folder)}/report.md, report.html, report.json, report.junit.xml");
        if (report.Baseline is { } told)
        {
            session.Output.Line(told);
        }

        if (publishes && host != null)
        {
            await TellAsync(
                session, host, await PublicationAsync(session, host, run, report, writer, cancellationToken), together,
                cancellationToken);
        }

        session.Note(report.Verdict.ToString());
        return writer.Markdown(report);
    }

    // The run that made the version this build deployed, or whatever was tested last.
    private static async Task<RunRecord> EarlierAsync(
        RunSession session, string pipeline, int? version, CancellationToken cancellationToken)
    {
        var made = version is { } number ? await session.Store.Versions(pipeline).FindAsync(number, cancellationToken) : null;
        var run = made == null
            ? await session.Store.Runs.LatestAsync(pipeline, record => record.Evidence != null, cancellationToken)
            : await session.Store.Runs.FindAsync(made.Run, cancellationToken);
        return run is { Evidence: not null } ? run : throw new UsageException(new Finding(
            "MLB7062", "There is nothing to report", pipeline, null, "a run whose model was tested", "run ./build.sh TestModel Report"));
    }

    private static async Task<string> TellNotTestedAsync(
        RunSession session, string pipeline, IReadOnlyList<string> failed, CodeHostContext? host, ICollection<Publication>? together,
        CancellationToken cancellationToken)
    {
        var publication = Publication.NotTested(pipeline, failed);
        session.Output.Warn(publication.Answer);
        if (host != null)
        {
            await TellAsync(session, host, publication, together, cancellationToken);
        }

        session.Note(publication.Verdict.ToString());
        return publication.Markdown;
    }

    private static Task TellAsync(
        RunSession session, CodeHostContext host, Publication publication, ICollection<Publication>? together,
        CancellationToken cancellationToken)
    {
        together?.Add(publication);
        return PublishAsync(session, host, publication with { IsPart = together != null }, cancellationToken);
    }

    private static async Task<Publication> PublicationAsync(
        RunSession session, CodeHostContext host, RunRecord run, Report report, ReportWriter writer, CancellationToken cancellationToken)
    {
        var judges = run.Source?.Commit == SourceRevision.Read(session.Root)?.Commit;
        var (name, origin) = host.AskedBy is { } person
            ? (
                $"{run.Pipeline}/{CommentCommand.Retrain}",
                $"Trained anew from {host.Reference ?? "the delivered branch"}, as {person} asked in a comment; this change is not in it.")
            : (run.Pipeline, judges ? null : $"This is a report on another commit: {run.Source?.Commit ?? "not known"}.");
        return new(name, report.Verdict, report.Answer, writer.Markdown(report, origin))
        {
            Remarks = await new GateRemarks(session.Root).OfAsync(report, cancellationToken),
            JudgesCommit = judges,
            Deployment = session.DeployedNow(run.Pipeline) is var (deployment, keeps)
                ? HostDeployments.Of(deployment, keeps, judges ? null : run.Source?.Commit)
                : null,
        };
    }

    /// <summary>Publishes by every way that is open, and tells which.</summary>
    public static async Task PublishAsync(
        RunSession session, CodeHostContext context, Publication publication, CancellationToken cancellationToken)
    {
        var publisher = new ReportPublisher(
            CodeHosts.Open(context, session.Time), context, new(session.Store.Folder, context, publication.Pipeline),
            context.Kind == CodeHostKind.GitHub && session.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY") is { Length: > 0 } file
                ? file
                : null);
        foreach (var line in await publisher.PublishAsync(publication, cancellationToken))
        {
            var text = $"{line.Way}: {line.Text}";
            if (line.Fell)
            {
                session.Output.Warn(text);
            }
            else
            {
                session.Output.Line(text);
            }
        }
    }
}
