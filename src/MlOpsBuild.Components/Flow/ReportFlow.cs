using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Publishing;
using MlOpsBuild.Reporting.Rendering;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>Run record → report files → where the change is reviewed.</summary>
internal static class ReportFlow
{
    private static readonly DeploymentOutcome[] InPlace = [DeploymentOutcome.FirstServed, DeploymentOutcome.Promoted, DeploymentOutcome.Restarted, DeploymentOutcome.AlreadyServing];

    public static async Task ReportAsync(RunSession session, string pipeline, bool publishes, bool trainsMergeBase, CancellationToken cancellationToken)
    {
        var run = await session.Store.Runs.LatestAsync(pipeline, record => record.Evidence != null, cancellationToken)
            ?? throw new UsageException(new Finding("There is nothing to report", pipeline, null, "a run whose model was tested", "run ./build.sh TestModel Report"));
        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        var host = CodeHostContext.Of(session.Environment);
        var input = await new ReportMaterial(session, run).GatherAsync(host, trainsMergeBase, cancellationToken);
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
            var (name, origin) = host.AskedBy is { } person
                ? ($"{pipeline}/{CommentCommand.Retrain}", $"Trained anew from {host.Reference ?? "the delivered branch"}, as {person} asked in a comment; this change is not in it.")
                : (pipeline, null);
            await PublishAsync(session, host, new(name, report.Verdict, report.Answer, writer.Markdown(report, origin))
            {
                Remarks = await new GateRemarks(session.Root).OfAsync(report, cancellationToken),
                Deployment = session.DeployedNow(pipeline) is var (deployment, keeps) ? State(deployment, rehearsal: !keeps) : null,
            }, cancellationToken);
        }

        session.Note(report.Verdict.ToString());
    }

    /// <summary>Publishes by every way that is open, and tells which.</summary>
    public static async Task PublishAsync(RunSession session, CodeHostContext context, Publication publication, CancellationToken cancellationToken)
    {
        if (context.Token is { } token)
        {
            session.Output.Mask(token);
        }

        var publisher = new ReportPublisher(
            CodeHosts.Open(context, session.Time), context, new(session.Store.Folder, context, publication.Pipeline), session.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY") is { Length: > 0 } file ? file : null);
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

    // What was only rehearsed has ended with the deployment.
    private static DeploymentState State(DeploymentRecord deployment, bool rehearsal) => new(
        $"{deployment.Pipeline}/{deployment.Environment}",
        InPlace.Contains(deployment.Outcome),
        deployment.Outcome is not (DeploymentOutcome.Inconclusive or DeploymentOutcome.Stopped),
        rehearsal,
        $"{(rehearsal ? "rehearsal of " : "")}v{deployment.Version}: {deployment.Outcome}, {deployment.Reason}");
}
