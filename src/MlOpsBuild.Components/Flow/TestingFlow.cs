using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Explaining;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Pages;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Components.Flow;

/// <summary>Model → predictions of candidate, champion and baselines → evidence and verdict.</summary>
internal static class TestingFlow
{
    public static async Task TestAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        var specification = run.Specification;
        var fitted = run.Results.Take<FittedModel>();
        var rows = HoldOutRows.Of(run.Results.Take<IngestedData>().Snapshot, specification);
        var evaluation = await AnswerFlow.EvaluateAsync(
            session, run, fitted.Model, rows, specification.Trainer.RunsPrograms, cancellationToken);
        var baselines = new Dictionary<Baseline, Artifact>();
        foreach (var baseline in specification.Gates.Select(gate => gate.Baseline).OfType<Baseline>().Distinct())
        {
            baselines[baseline] = (await run.RunAsync(new BaselineStage(), new BaselineInput(baseline, rows), cancellationToken)).Outputs[
                EvaluateStage.PredictionsFile];
        }

        var champion = await ChampionAsync(session, run, fitted.Model.Digest, cancellationToken);
        var predictions = evaluation.Outputs[EvaluateStage.PredictionsFile];
        var judged = champion == null
            ? null
            : await EvaluateChampionAsync(session, run, champion, fitted.Summary.Split, rows, cancellationToken);
        var hidden = specification.Contract.Personal;
        var tested = await run.RunAsync(
            new TestStage(),
            new TestInput(
                specification.Gates, predictions, baselines, judged?.Predictions, judged?.Problem, specification.Seed)
            {
                ChampionCuts = judged?.Cuts, SliceGates = specification.SliceGates, Fairness = specification.Fairness,
                FalseFailures = specification.FalseFailures, Rows = evaluation.Outputs[EvaluateStage.RowsFile], Hidden = hidden,
            },
            cancellationToken);
        var behaviour = specification.Behaviour.Count == 0
            ? null
            : (await run.RunAsync(
                new BehaviourStage(),
                new BehaviourInput(
                    fitted.Model, evaluation.Outputs[EvaluateStage.RowsFile], predictions, specification.Behaviour,
                    specification.Gates[0].Metric, specification.Seed, hidden),
                cancellationToken)).Result;
        var evidence = tested.Result with
        {
            Behaviour = behaviour,
            Answers = await AnswerFlow.CompareAsync(
                run, evaluation.Outputs.GetValueOrDefault(AskStage.AnswersFile), judged?.Answers, cancellationToken),
            Explanation = specification.Answers != null ? null : await ExplainAsync(
                session, run,
                new ExplainInput(fitted.Model, rows, specification.Gates[0].Metric, hidden)
                {
                    RunsPrograms = specification.Trainer.RunsPrograms,
                },
                cancellationToken),
        };
        run.Results.Keep(new TestedModel(
            evidence, evaluation.Outputs[EvaluateStage.RowsFile], champion == null ? null : new(champion.Model, judged?.Rows)));
        var looks = await HoldOutLooks.CountAsync(
            session, specification.Name, fitted.Model.Digest, evidence.HoldOut, cancellationToken);
        GateTable.Write(session.Output, evidence, champion?.Number);
        Tell(session, evidence, looks);
        session.Note($"{evidence.Verdict}");
        var stored = await session.Store.Blobs.PutAsync(CanonicalJson.Serialize(evidence), cancellationToken);
        await run.RecordAsync(
            record => record with
            {
                Metrics = evidence.Metrics, Gates = evidence.Gates, Champion = champion?.Number, Evidence = stored.Digest,
                Predictions = predictions.Digest, HoldOut = evidence.HoldOut, HoldOutLooks = looks,
                Checks = [.. record.Checks, .. behaviour ?? []],
            },
            cancellationToken);
        if (evidence.Verdict != Verdict.Passed)
        {
            throw new StageFailedException(
                $"The gates of {specification.Name} did not pass ({evidence.Verdict}); nothing is packaged or deployed",
                [
                    .. evidence.Gates.Where(gate => gate.Blocking && gate.Verdict != Verdict.Passed)
                        .Select(gate => new Finding("MLB7065", $"{gate.Gate}: {gate.Verdict}, {gate.Evidence}")),
                    .. (behaviour ?? []).Where(test => test.Verdict != Verdict.Passed)
                        .Select(test => new Finding("MLB7099", $"behaviour, {test.Check}: {test.Verdict}, {test.Evidence}")),
                ],
                evidence.Verdict);
        }
    }

    // A model of others may refuse rows that never were: that is no reason to fail it, and no verdict waits for it.
    private static async Task<ModelExplanation?> ExplainAsync(
        RunSession session, PipelineRun run, ExplainInput input, CancellationToken cancellationToken)
    {
        try
        {
            return (await run.RunAsync(new ExplainStage(), input, cancellationToken)).Result;
        }
        catch (StageFailedException problem)
        {
            session.Output.Warn($"What it depends on is not known: {problem.Message}");
            return null;
        }
    }

    private static void Tell(RunSession session, Evidence evidence, int? looks)
    {
        if (HoldOutClaim.Of(looks, evidence) is { } claim)
        {
            session.Output.Line(claim);
        }

        if (AnswerTable.Line(evidence.Answers) is { } asked)
        {
            session.Output.Line(asked);
        }

        ReportTable[] tables =
        [
            new(
                ["Behaviour", "Verdict", "Evidence"],
                [
                    .. (evidence.Behaviour ?? [])
                        .Select(test => (IReadOnlyList<string>)[test.Check, test.Verdict.ToString(), test.Evidence]),
                ]),
            WeakSliceTable.Of(evidence.WeakSlices ?? []),
            FairnessTable.Of(evidence.Fairness ?? []),
            AnswerTable.Of(evidence.Answers),
            ImportanceTable.Of(evidence.Explanation),
        ];
        foreach (var table in tables.Where(table => table.Any))
        {
            session.Output.Table(table.Headers, table.Rows);
        }
    }

    // A candidate that serves already keeps the evidence that put it there: it is compared with what it was compared with then.
    private static async Task<ModelVersion?> ChampionAsync(
        RunSession session, PipelineRun run, Digest candidate, CancellationToken cancellationToken)
    {
        var registry = session.Store.Versions(run.Specification.Name);
        var champion = await session.ChampionAsync(run.Specification.Name, cancellationToken);
        if (champion?.Model != candidate)
        {
            return champion;
        }

        session.Output.Line($"the candidate is the champion v{champion.Number} already");
        return champion.TestedAgainst is { } former
            ? (await registry.AllAsync(cancellationToken)).FirstOrDefault(version => version.Model == former)
            : null;
    }

    private static async Task<JudgedChampion> EvaluateChampionAsync(
        RunSession session, PipelineRun run, ModelVersion champion, SplitFacts split, HoldOutRows rows, CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(session.Store, champion.Bundle, cancellationToken);
        if (run.Record.Simulated && !bundle.Description.Simulated)
        {
            return new(
                "the champion was trained on measured data: a candidate from the simulator cannot be compared with it; use --data");
        }

        if ((bundle.Description.Split.HoldOut == AllCases.Words) != (run.Specification.Answers != null))
        {
            return new(
                "the champion is of another kind: one answers texts and the other predicts; end what serves with ./build.sh Stop, and deploy this one as the first");
        }

        // Simulated and measured rows have nothing in common.
        var (trained, comparable) = (bundle.Description.Split, bundle.Description.Simulated == run.Record.Simulated);
        if (comparable && run.Specification.HoldOut.Overlap(split, trained) is { } overlap)
        {
            return new(overlap);
        }

        try
        {
            var model = await bundle.PartAsync(BundlePart.Model, cancellationToken);
            var evaluated = await AnswerFlow.EvaluateAsync(
                session, run, model, rows, session.Store.Versions(run.Specification.Name).Believes(champion), cancellationToken);
            return new(null)
            {
                Predictions = evaluated.Outputs[EvaluateStage.PredictionsFile],
                Rows = evaluated.Outputs[EvaluateStage.RowsFile],
                Answers = evaluated.Outputs.GetValueOrDefault(AskStage.AnswersFile),
                Cuts = comparable && trained.Cuts.Count > 0 ? trained.Cuts : null,
            };
        }
        catch (StageFailedException problem)
        {
            return new($"the champion cannot score these rows: {problem.Summary}");
        }
    }

    // What the champion makes of the candidate's rows, or why it makes nothing of them.
    private sealed record JudgedChampion(string? Problem)
    {
        public Artifact? Predictions { get; init; }

        public Artifact? Rows { get; init; }

        public Artifact? Answers { get; init; }

        public IReadOnlyDictionary<string, double>? Cuts { get; init; }
    }
}
