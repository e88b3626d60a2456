using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Reporting.Tuning;
using MlOpsBuild.Store.Stages;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Validated data → trials on rows before the hold-out → the values that the pipeline is trained with.</summary>
internal static class TuningFlow
{
    public static async Task TuneAsync(
        RunSession session, PipelineRun run, TuneChoices choices, bool alone, CancellationToken cancellationToken)
    {
        var declared = run.Specification;
        var ranges = run.Space.Ranges;
        if (declared.Answers != null)
        {
            var text = $"{declared.Name} asks a language model: all its cases judge it, and none is left to search with";
            if (alone)
            {
                throw new UsageException(new Finding(
                    "MLB7114", "Nothing is left to search with", $"pipeline {declared.Name}, Tune", text, "a pipeline that is trained",
                    "pick another one with --pipeline"));
            }

            session.Output.Line(text);
            return;
        }

        if (ranges.Count == 0 && !alone)
        {
            session.Output.Line($"{declared.Name} gives no parameter a range: nothing is searched");
            return;
        }

        if (ranges.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB7109", "There is nothing to choose", $"pipeline {declared.Name}, Tune", null, "parameters with a range",
                "say what may be searched, for example pipeline.Parameter(\"trees\", 100, from: 20, to: 400, byFactor: true), or pick another pipeline with --pipeline"));
        }

        var metric = declared.Gates[0].Metric;
        var rows = new TuningRows(run.Results.Take<IngestedData>().Snapshot, declared, choices.Folds);
        var search = new TuningSearch(run.Space, choices.Search, metric.Direction, choices.Trials, declared.Seed);
        var trials = await SearchAsync(session, run, rows, search, choices, cancellationToken);
        session.Forecast(new(Invariant($"{trials.Count} trials"), false, null));
        if (search.Ranked(trials) is not [var best, ..])
        {
            throw new StageFailedException(
                "No trial has a value",
                [.. trials.Select(trial => trial.Failure).Distinct().Select(failure => new Finding(
                    "MLB7110", "A trial failed", $"pipeline {declared.Name}, Tune", failure, "at least one that can be fitted"))],
                Verdict.Error);
        }

        var chosen = run.Space.Specify(best.Settings);
        var proof = best.Number == 1 ? null : (await run.RunAsync(
            new TuningProofStage(), new TuningProofInput(rows, declared, chosen) { Root = session.Root }, cancellationToken)).Result;
        await TellAsync(
            session, run,
            new(choices.Search, declared.Seed, metric.Name, metric.Direction, choices.Folds, ranges, trials, best.Number, proof),
            cancellationToken);
        await run.UseAsync(chosen, cancellationToken);
    }

    // Proposals of one batch know nothing of each other, and take as many processors as there are, or are all jobs at once.
    private static async Task<List<TuningTrial>> SearchAsync(
        RunSession session, PipelineRun run, TuningRows rows, TuningSearch search, TuneChoices choices, CancellationToken cancellationToken)
    {
        var (trials, started) = (new List<TuningTrial>(), session.Time.GetTimestamp());
        while (true)
        {
            var begins = choices.Budget is not { } budget || session.Time.GetElapsedTime(started) < budget;
            var batch = search.Next(trials, begins);
            if (batch.Count == 0)
            {
                return trials;
            }

            var done = new (TuningTrial Trial, StageRun<TrialResult>? Run)[batch.Count];
            await Parallel.ForAsync(
                0, batch.Count,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = session.Elsewhere == null ? Environment.ProcessorCount : TuningSearch.Batch,
                    CancellationToken = cancellationToken,
                },
                async (place, token) => done[place] = await TryAsync(session, run, rows, batch[place], token));
            foreach (var (trial, made) in done)
            {
                trials.Add(trial);
                Tell(session, run, search, trials, made, choices);
            }
        }
    }

    private static async Task<(TuningTrial Trial, StageRun<TrialResult>? Run)> TryAsync(
        RunSession session, PipelineRun run, TuningRows rows, TuningProposal proposal, CancellationToken cancellationToken)
    {
        // Values that do not go together, or cannot be fitted, are bad ones among others; the search goes on.
        PipelineSpec specification;
        try
        {
            specification = run.Space.Specify(proposal.Settings);
        }
        catch (UsageException failure)
        {
            return (Failed(proposal, failure), null);
        }

        try
        {
            var made = await run.RunSilentlyAsync(
                new TrialStage(), new TrialInput(rows, specification, proposal.Share) { Root = session.Root }, cancellationToken);
            return (new(proposal.Number, proposal.Settings, proposal.Share, made.Result.ByFold), made);
        }
        catch (StageFailedException failure) when (!failure.NotRun)
        {
            return (Failed(proposal, failure), null);
        }
    }

    private static TuningTrial Failed(TuningProposal proposal, FindingsException failure) => new(
        proposal.Number, proposal.Settings, proposal.Share, [],
        failure.Findings is [var first, ..] ? first.ToString() : failure.Message);

    private static void Tell(
        RunSession session, PipelineRun run, TuningSearch search, List<TuningTrial> trials, StageRun<TrialResult>? made,
        TuneChoices choices)
    {
        var (trial, metric) = (trials[^1], run.Specification.Gates[0].Metric.Name);
        if (made != null)
        {
            run.Count(made);
        }

        var best = search.Ranked(trials) is [var first, ..] ? Invariant($"; best {first.Value:0.####}, trial {first.Number}") : "";
        var most = choices.Budget == null && choices.Search != SearchMethod.Halving ? Invariant($" of {choices.Trials}") : "";
        var share = trial.Share < 1 ? Invariant($" on {trial.Share:0.#%} of the rows") : "";
        var took = made == null ? "" : made.Restored ? ", restored" : Invariant($", {made.Took.TotalSeconds:0.0} s");
        session.Output.Progress(trial.Failure != null
            ? Invariant($"trial {trial.Number}{most}: no value ({trial.Failure})")
            : Invariant($"trial {trial.Number}{most}{share}: {metric} {trial.Value:0.####}{took}{best}"));
    }

    private static async Task TellAsync(RunSession session, PipelineRun run, TuningResult result, CancellationToken cancellationToken)
    {
        var report = new TuningReport(run.Specification.Name, result, run.Record.Simulated);
        var folder = Path.Combine(session.Store.Folder, "reports", run.Record.Id);
        session.Output.Table(report.Best.Headers, report.Best.Rows);
        ChartLines.Write(session.Output, report.Course);
        session.Output.Line(report.Answer);
        session.Output.Line(
            $"Train takes it in this build; in others by --set {report.Settings}, or as the definition's values");
        var document = await session.PutAsync(result, cancellationToken);
        await run.RecordAsync(record => record with { Tuning = document.Digest }, cancellationToken);
        if (!session.IsForecast)
        {
            await report.WriteAsync(folder, cancellationToken);
            session.Output.Line($"search: {Path.GetRelativePath(session.Root, folder)}/tuning.html, tuning.json");
        }

        session.Note(Invariant($"{result.Trials.Count} trials, best {result.Best}"));
    }
}
