using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>Turns results into a report; decides nothing that was not decided before.</summary>
public static class ReportComposer
{
    private const string TrainStage = "train";

    /// <summary>The report on <paramref name="input"/>.</summary>
    public static Report Compose(ReportInput input)
    {
        var (run, evidence) = (input.Run, input.Evidence);
        List<ReportGate> gates = [.. evidence.Gates.Select(gate => Gate(gate, input))];
        var compared = ComparisonWithChampion.Of(gates, run.Champion);
        var stale = StaleComparison.Of(input);
        return new()
        {
            Pipeline = run.Pipeline,
            Run = run.Id,
            Verdict = evidence.Verdict,
            Answer = Answer(evidence),
            Simulated = run.Simulated,
            Champion = run.Champion,
            Effect = compared.Effect,
            EffectText = compared.Text,
            Changes = input.ComparedRun is { } other ? ChangesSince.Of(run, other, input.ChangedFiles) : [],
            ChangedSince = Since(input),
            WouldDecide = EvidenceNeeded.Of(evidence.Gates, Rows(evidence)),
            NextStep = NextStepText.Of(evidence.Verdict, compared.Effect, stale != null, input.Deployment?.Outcome)
                .Replace("./build.sh", input.Command, StringComparison.Ordinal),
            Stale = stale,
            Gates = gates,
            Baseline = MergeBaseText.Of(input.Baseline, run),
            HasMergeBase = input.Baseline.Run != null,
            Predictors = evidence.Predictors,
            Slices = [.. evidence.Slices.Where(slice => input.MayShow(slice.Column)).Select(slice => Slice(slice, input))],
            WeakSlices = [.. (evidence.WeakSlices ?? []).Where(slice => slice.Conditions.All(part => input.MayShow(part.Column)))],
            Answers = evidence.Answers,
            Fairness = evidence.Fairness ?? [],
            Explanation = evidence.Explanation,
            Claim = HoldOutClaim.Of(run.HoldOutLooks, evidence),
            Data = input.Data,
            Rows = run.Rows,
            PersonalColumns = input.Contract?.Columns.Count(column => column.PersonalData),
            Checks = run.Checks,
            Cost = [.. Cost(run, input.Champion)],
            Deployment = input.Deployment is { } deployment
                ? new(
                    deployment.Version, deployment.Environment, deployment.Outcome, deployment.Reason,
                    deployment.Looks is [.., var look] ? look : null)
                : null,
            Experiment = input.Experiment,
            Charts = ReportCharts.Of(input),
            Stages = run.Stages,
            Lineage = ReportLineage.Of(input),
            Reproduce = ReproduceLine.Of(run, input.Repository != null, input.Command),
        };
    }

    private static int Rows(Evidence evidence) => evidence.Metrics is [var first, ..] ? first.Rows : 0;

    private static string? Since(ReportInput input) =>
        input.Champion != null ? $"champion v{input.Run.Champion}"
        : input.Baseline.Run != null ? "the merge base"
        : input.Baseline.LastOnBranch != null ? $"the last run on {input.Baseline.Branch}"
        : null;

    private static string Answer(Evidence evidence)
    {
        var verdict = evidence.Verdict;
        var deciding = evidence.Deciding();
        var (gates, tests) = (evidence.Gates.Count(gate => gate.Blocking), evidence.Behaviour?.Count ?? 0);
        return verdict switch
        {
            Verdict.Passed => string.Create(
                CultureInfo.InvariantCulture,
                $"{(gates == 1 ? "The gate passes" : $"All {gates} gates pass")} on {Rows(evidence):N0} hold-out rows{(tests == 0 ? "" : $", and {(tests == 1 ? "the test" : $"all {tests} tests")} of behaviour")}."),
            Verdict.Failed => $"Do not merge: {string.Join("; ", deciding)} failed.",
            Verdict.Inconclusive => $"Not enough evidence: {string.Join("; ", deciding)}.",
            _ => $"Could not be judged: {string.Join("; ", deciding)}.",
        };
    }

    private static ReportGate Gate(GateOutcome gate, ReportInput input) => new()
    {
        Gate = gate.Gate,
        Metric = gate.Metric,
        Direction = DirectionOf(gate.Metric, input.Evidence),
        Candidate = gate.Candidate,
        Reference = gate.Reference,
        ReferenceName = gate.ReferenceName,
        Difference = gate.Difference,
        Champion = input.Evidence.Predictors.GetValueOrDefault("champion")?.FirstOrDefault(metric => metric.Name == gate.Metric)?.Value,
        MergeBase = input.Baseline.Run?.Metrics.FirstOrDefault(metric => metric.Name == gate.Metric)?.Value,
        Verdict = gate.Verdict,
        Evidence = gate.Evidence,
        Blocking = gate.Blocking,
    };

    private static ReportSlice Slice(SliceOutcome slice, ReportInput input)
    {
        var lowerIsBetter = DirectionOf(slice.Metric, input.Evidence) != Direction.HigherIsBetter;
        var move = slice.Difference is not { } difference ? SliceMove.NotCompared
            : difference.Lower <= 0 && difference.Upper >= 0 ? SliceMove.NotMoved
            : difference.Upper < 0 == lowerIsBetter ? SliceMove.Better
            : SliceMove.Worse;
        return new(
            slice.Column, ValueOf(slice, input.Contract), slice.Rows, slice.Metric, slice.Candidate, slice.Champion, slice.Difference,
            move);
    }

    private static string ValueOf(SliceOutcome slice, DataContract? contract) => CategoryNames.Text(
        contract?.Columns.FirstOrDefault(column => column.Name == slice.Column) is { } column ? CategoryNames.Of(column.Rule) : null,
        slice.Value);

    private static Direction? DirectionOf(string metric, Evidence evidence) =>
        evidence.Metrics.FirstOrDefault(value => value.Name == metric)?.Direction;

    private static IEnumerable<ReportCost> Cost(RunRecord run, RunRecord? champion)
    {
        if (Training(run) is { } seconds)
        {
            yield return new("training", "s", seconds, champion == null ? null : Training(champion));
        }

        if (run.ModelBytes is { } bytes)
        {
            yield return new("model", "bytes", bytes, champion?.ModelBytes);
        }

        if (run.AnswerTimes is { } times)
        {
            yield return new("median answer", "ms", times.Median, champion?.AnswerTimes?.Median);
            yield return new("99 % of answers within", "ms", times.P99, champion?.AnswerTimes?.P99);
        }
    }

    // Restored models cost what they cost when they were trained.
    private static double? Training(RunRecord run) =>
        run.Stages.LastOrDefault(stage => stage.Stage == TrainStage) is { } stage
            ? stage.Restored ? stage.OriginalSeconds : stage.Seconds
            : null;
}
