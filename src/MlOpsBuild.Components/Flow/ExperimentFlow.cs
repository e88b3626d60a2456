using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>A declared A/B test → units with arms → a verdict, and a decision.</summary>
internal static class ExperimentFlow
{
    public static async Task StartAsync(
        RunSession session, PipelineSpec specification, int version, double? percent, bool isNamed, bool dryRun, string? serverFolder,
        CancellationToken cancellationToken)
    {
        if (specification.Experiment == null && !isNamed)
        {
            session.Output.Line($"{specification.Name}: declares no A/B test");
            return;
        }

        var policy = Checked(specification, percent);
        var named = await DeliveryFlow.FindAsync(session, specification.Name, version, cancellationToken);
        var environment = ServingPlaces.ForAction(session, specification.Name);
        await TellPlanAsync(session, specification.Name, environment, policy, cancellationToken);
        if (dryRun)
        {
            session.Output.Line("a dry run: nothing was changed");
            return;
        }

        await session.Store.MaterialiseAsync(new OutputProgress(session.Output), cancellationToken);
        using var delivery = await DeliveryParts.OpenAsync(session, specification.Name, environment, serverFolder, cancellationToken);
        var run = new ExperimentRun(session.Store, delivery.Environment, session.Time)
        {
            Guard = GovernanceFlow.Guard(session, specification.Name, environment),
        };
        var record = await run.StartAsync(
            new(
                new(specification.Name, named, specification.Canary, specification.Loss, specification.Seed, session.Actor), policy,
                specification.Seed),
            new OutputProgress(session.Output), cancellationToken);
        session.Output.Good(Invariant(
            $"{record.Pipeline}/{record.Environment}: the A/B test {record.Id} begins; {policy.Percent:0.##} % of units get v{record.Version}, the others v{record.From}"));
        await TellHowAsync(session, delivery, policy, cancellationToken);
    }

    public static async Task ShowAsync(RunSession session, string? only, CancellationToken cancellationToken)
    {
        var (states, failures) = (new List<ExperimentState>(), new List<(Verdict Verdict, Finding Finding)>());
        foreach (var pipeline in ServingPlaces.Pipelines(session).Where(name => only == null || name == only))
        {
            using var delivery = DeliveryParts.Look(session, pipeline, ServingPlaces.ForAction(session, pipeline));
            var observer = new ExperimentObserver(session.Store, delivery.Environment, session.Time);
            if (await observer.FindAsync(pipeline, cancellationToken) is not { } state)
            {
                session.Output.Line($"{pipeline}/{delivery.Environment.Name}: no A/B test yet");
                continue;
            }

            states.Add(state);
            Show(session, state);
            failures.AddRange(Failure(state) is { } failure ? [failure] : []);
        }

        if (session.Output.WantsDocument)
        {
            session.Output.Document<IReadOnlyList<ExperimentState>>(states);
        }

        if (failures.Count > 0)
        {
            throw new StageFailedException(
                "An A/B test says no", [.. failures.Select(failure => failure.Finding)],
                failures.Select(failure => failure.Verdict).Worst());
        }
    }

    public static async Task EndAsync(
        RunSession session, string? only, string decision, string reason, string? serverFolder, CancellationToken cancellationToken)
    {
        var decided = decision.ToLowerInvariant() switch
        {
            "ship" => ExperimentDecision.Ship,
            "keep" => ExperimentDecision.Keep,
            _ => throw new UsageException(new Finding(
                "MLB7151", "No such decision", "EndExperiment", decision, "ship or keep", "say which version serves from now on")),
        };
        var environment = ServingPlaces.ForAction(session, only);
        var pipeline = await OpenAsync(session, only, environment, cancellationToken);
        await GovernanceFlow.RequireRollbackAsync(session, "end an A/B test", [pipeline], environment, cancellationToken);
        using var delivery = await DeliveryParts.OpenAsync(session, pipeline, environment, serverFolder, cancellationToken);
        var state = await new ExperimentRun(session.Store, delivery.Environment, session.Time)
            .EndAsync(pipeline, decided, session.Actor, reason, new OutputProgress(session.Output), cancellationToken);
        Show(session, state);
        session.Output.Good(Invariant($"{pipeline}/{environment}: the A/B test has ended ({state.Record.Decision}); v{state.Record.From} serves everybody"));
        if (state.Record.Decision == ExperimentDecision.Ship)
        {
            session.Output.Line(Invariant($"next: {session.Command} Deploy --model-version {state.Record.Version}"));
        }
    }

    private static async Task<string> OpenAsync(RunSession session, string? only, string environment, CancellationToken cancellationToken)
    {
        var open = new List<string>();
        foreach (var pipeline in ServingPlaces.Pipelines(session).Where(name => only == null || name == only))
        {
            if (await new ExperimentStore(session.Store).NewestAsync(pipeline, environment, cancellationToken)
                is { Decision: ExperimentDecision.Open })
            {
                open.Add(pipeline);
            }
        }

        return open is [var one] ? one : throw new UsageException(new Finding(
            "MLB7152", "Which A/B test is to end is not clear", "EndExperiment", open.Count == 0 ? "none goes on" : string.Join(", ", open),
            "one that goes on", open.Count == 0 ? "begin one with StartExperiment --model-version N" : "name its --pipeline"));
    }

    private static ExperimentPolicy Checked(PipelineSpec specification, double? percent)
    {
        var policy = specification.Experiment ?? throw new UsageException(new Finding(
            "MLB7150", "The pipeline declares no A/B test", $"pipeline {specification.Name}", null, ".Experiment(\"revenue\", e => …)",
            "add to Define what is measured, and what must be seen"));
        return percent is null or (> 0 and < 100)
            ? policy with { Percent = percent ?? policy.Percent }
            : throw new UsageException(new Finding(
                "MLB7155", "No share of units", "--share", percent.Value.ToString(CultureInfo.InvariantCulture), "above 0 and below 100",
                "correct the share"));
    }

    private static async Task TellPlanAsync(
        RunSession session, string pipeline, string environment, ExperimentPolicy policy, CancellationToken cancellationToken)
    {
        using var delivery = DeliveryParts.Look(session, pipeline, environment);
        var plan = await new ExperimentObserver(session.Store, delivery.Environment, session.Time).PlanAsync(policy, cancellationToken);
        plan.Describe(policy).ToList().ForEach(session.Output.Line);
        if (plan.Warning(policy) is { } warning)
        {
            session.Output.Warn(warning);
        }
    }

    private static async Task TellHowAsync(
        RunSession session, DeliveryParts delivery, ExperimentPolicy policy, CancellationToken cancellationToken)
    {
        var address = (await delivery.Environment.ObserveAsync(cancellationToken)).Address;
        session.Output.Line($"callers name their unit in the header {policy.UnitHeader}; the answer tells its arm");
        session.Output.Line(
            $"outcomes: POST {address}outcome {{\"unit\": \"…\", \"metric\": \"{policy.Metric}\", \"value\": …, \"id\": \"…\"}} with the token in {delivery.Folder.FeedbackTokenFile}");
        session.Output.Line($"how it stands: {session.Command} Experiment; it goes on without a build until EndExperiment or Rollback");
    }

    private static void Show(RunSession session, ExperimentState state)
    {
        session.Output.Line(ExperimentText.Head(state.Record));
        if (state.Look is { } look)
        {
            var table = ExperimentText.Table(state.Record, look);
            session.Output.Table(table.Headers, table.Rows);
            ExperimentText.Lines(state.Record, look).ToList().ForEach(session.Output.Line);
            var line = $"{look.Verdict}: {look.Reason}";
            session.Note(look.Verdict.ToString());
            (look.Verdict is ExperimentVerdict.Better or ExperimentVerdict.Same ? (Action<string>)session.Output.Good
                : look.Verdict == ExperimentVerdict.Running ? session.Output.Line
                : session.Output.Warn)(line);
        }

        state.Notes.ToList().ForEach(session.Output.Warn);
    }

    // Of a test that has ended the decision counts, and nobody is told again.
    private static (Verdict Verdict, Finding Finding)? Failure(ExperimentState state)
    {
        var place = $"{state.Record.Pipeline}/{state.Record.Environment}";
        return (state.Record.Decision, state.Look?.Verdict) switch
        {
            (ExperimentDecision.Open, ExperimentVerdict.Worse) => (Verdict.Failed, new(
                "MLB7153", "The version on test is worse", place, state.Look!.Reason, "better, or the same within the margin",
                "end it: EndExperiment keep --reason …")),
            (ExperimentDecision.Open, ExperimentVerdict.Broken) => (Verdict.Error, new(
                "MLB7154", "Units were not split as asked", place, state.Look!.Reason, "as many units in each arm as were asked for",
                "find out which units are missing (redirects, caches, bots, a header that is sometimes left out), end this test, begin another")),
            _ => null,
        };
    }
}
