using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Retraining;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>How what serves is doing → whether to train anew → version → pull request, or why not.</summary>
internal static class RetrainFlow
{
    /// <summary>The entry's action in the audit log.</summary>
    public const string Action = "retrain";

    /// <summary>Refuses a call that cannot do anything.</summary>
    /// <exception cref="UsageException">No pipeline has a policy, and nobody asks for it now.</exception>
    public static void RequirePolicy(IReadOnlyList<PipelineRun> runs, bool now)
    {
        if (!now && runs.All(run => run.Specification.Retraining == null))
        {
            throw new UsageException(new Finding(
                "MLB7086", "Nothing says when to train anew", string.Join(", ", runs.Select(run => run.Specification.Name)), null,
                ".Retrain(r => r.Every(…).OnDrift().WhenLossRises(by: …))", "add a policy to a pipeline, or train now: Retrain --now"));
        }
    }

    public static async Task RetrainAsync(RunSession session, PipelineRun run, RetrainChoices choices, CancellationToken cancellationToken)
    {
        var name = run.Specification.Name;
        if ((run.Specification.Retraining ?? (choices.Now ? new RetrainPolicy() : null)) is not { } policy)
        {
            session.Output.Line($"{name}: no policy says when to train it anew");
            return;
        }

        var environment = ServingPlaces.ForAction(session, name);
        if (await MonitorFlow.WatchAsync(session, run.Specification, environment, cancellationToken) is not { } watched)
        {
            Tell(session, $"{name}/{environment}: no version serves yet; the first is trained by {session.Command} Train Deploy");
            return;
        }

        var (facts, former) = await FactsAsync(session, watched, policy, choices.Now, cancellationToken);
        var decision = RetrainDecision.Of(policy, facts);
        if (decision.WhyNot != null && policy.RowGrowth != null)
        {
            await CountAsync(session, run, choices.Data, cancellationToken);
            decision = RetrainDecision.Of(policy, facts with { RowsNow = run.Record.Rows });
        }

        if (decision.WhyNot is { } reason)
        {
            Tell(session, $"{name}/{environment} v{facts.Version} is not trained anew: {reason}");
            return;
        }

        await CountAsync(session, run, choices.Data, cancellationToken);
        if (!choices.Now && former.FirstOrDefault(record => record.Data == run.Record.Data) is { } same)
        {
            Tell(session, $"{decision.Triggers[0]}; but there are no rows that run {same.Id} did not have, so that nothing new would be learnt");
            return;
        }

        foreach (var trigger in decision.Triggers)
        {
            session.Output.Line($"trained anew: {trigger}");
        }

        await run.RecordAsync(
            record => record with { Triggers = [.. decision.Triggers.Select(trigger => trigger.ToString())] }, cancellationToken);
        await TrainAsync(session, run, policy, choices, environment, facts.Version, cancellationToken);
    }

    // Runs that have seen the data: the one that made what serves, and the last that was made for a reason like this.
    private static async Task<(RetrainFacts Facts, IReadOnlyList<RunRecord> Former)> FactsAsync(
        RunSession session, WatchedVersion watched, RetrainPolicy policy, bool asked, CancellationToken cancellationToken)
    {
        var made = await session.Store.Runs.FindAsync(watched.Version.Run, cancellationToken);
        var before = await session.Store.Runs.LatestAsync(
            watched.Input.Pipeline, record => record.Triggers is { Count: > 0 }, cancellationToken);
        var facts = new RetrainFacts(session.Time.GetUtcNow(), watched.Version.Number, watched.Version.At)
        {
            Asked = asked, Watched = watched.By(policy.LossRise).Judge(session.Time.GetUtcNow().UtcDateTime), RowsThen = made?.Rows,
            Before = before?.Started,
        };
        return (facts, [.. new[] { made, before }.OfType<RunRecord>().Where(record => record.Data != null)]);
    }

    private static async Task CountAsync(RunSession session, PipelineRun run, string? data, CancellationToken cancellationToken)
    {
        if (run.Results.Find<CheckedData>() == null)
        {
            await TrainingFlow.IngestAsync(session, run, data, cancellationToken);
            await TrainingFlow.ValidateAsync(session, run, cancellationToken);
        }
    }

    private static async Task TrainAsync(
        RunSession session, PipelineRun run, RetrainPolicy policy, RetrainChoices choices, string environment, int serving,
        CancellationToken cancellationToken)
    {
        if (policy.Window is { } window)
        {
            run.TrainOn(window);
        }

        try
        {
            await TrainingFlow.TrainAsync(session, run, null, cancellationToken);
            await TestingFlow.TestAsync(session, run, cancellationToken);
            await PackagingFlow.PackageAsync(session, run, choices.Server, choices.Image, cancellationToken);
        }
        catch (StageFailedException failed) when (run.Record.Verdict is { } verdict && verdict != Verdict.Passed)
        {
            // A candidate that is no better is an answer, and no fault of the build.
            await ReportFlow.ReportAsync(session, run.Specification.Name, [], false, false, null, cancellationToken);
            await NoteAsync(session, run, environment, $"{verdict}: {failed.Summary}", null, cancellationToken);
            session.Output.Warn($"no version is proposed: {failed.Summary}");
            failed.Findings.ToList().ForEach(finding => session.Output.Line(finding.ToString()));
            session.Note($"{verdict}");
            return;
        }

        if (run.Record.Version == serving)
        {
            await NoteAsync(session, run, environment, "the same model as the one that serves", null, cancellationToken);
            Tell(session, Invariant($"trained anew it is v{serving} again, which serves: nothing new was learnt"));
            return;
        }

        var report = await ReportFlow.ReportAsync(session, run.Specification.Name, [], false, false, null, cancellationToken);
        var change = await VersionProposal.OpenAsync(session, run, report, cancellationToken);
        await NoteAsync(session, run, environment, "passed its gates", change, cancellationToken);
        if (policy.Promotes)
        {
            await DeliveryFlow.DeployAsync(session, run, choices.Deploy, choices.Server, cancellationToken);
            return;
        }

        session.Output.Good(Invariant(
            $"v{run.Record.Version} passed its gates; nobody deploys it but you: {session.Command} Deploy --pipeline {run.Specification.Name} --model-version {run.Record.Version}"));
    }

    private static Task<AuditEntry> NoteAsync(
        RunSession session, PipelineRun run, string environment, string outcome, string? change, CancellationToken cancellationToken) =>
        session.Store.Audit.AppendAsync(
            session.Actor, Action, $"{run.Specification.Name}/{environment}", string.Join("; ", run.Record.Triggers ?? []),
            new(StringComparer.Ordinal)
            {
                ["change"] = change ?? "", ["outcome"] = outcome, ["run"] = run.Record.Id,
                ["version"] = run.Record.Version is { } number ? Invariant($"v{number}") : "",
            },
            cancellationToken);

    private static void Tell(RunSession session, string text)
    {
        session.Output.Line(text);
        session.Note("not trained");
    }
}
