using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using static System.FormattableString;
using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Components.Flow;

/// <summary>Source → snapshot → validated data → model.</summary>
internal static class TrainingFlow
{
    /// <summary>Takes a pipeline's data in, or gives what this run took in already.</summary>
    public static async Task<IngestedData> IngestAsync(
        RunSession session, PipelineRun run, string? data, CancellationToken cancellationToken)
    {
        if (run.Results.Find<IngestedData>() is { } before)
        {
            return before;
        }

        var source = data == null
            ? run.Specification.Source
            : DataSource.Files(Path.GetRelativePath(session.Root, data), run.Specification.Source.Format);
        var held = (run.Specification.HoldOut as OwnFiles)?.Source;
        var files = await DataFiles.OfAsync(session, source, cancellationToken);
        var heldOut = held == null ? [] : await DataFiles.OfAsync(session, held, cancellationToken);
        var ingested = await run.RunAsync(
            new IngestStage(), new IngestInput(source, [.. files, .. heldOut]) { HeldOut = heldOut.Count }, cancellationToken);
        var snapshot = new SnapshotFiles(ingested.Result.Names, SnapshotFiles.InOrder(ingested.Outputs))
        {
            HeldOut = ingested.Result.HeldOut, Format = source.Format, HeldOutFormat = held?.Format ?? source.Format,
        };
        DataFiles.Forget(source, files);
        var taken = run.Results.Keep(new IngestedData(await ViewFlow.JoinAsync(session, run, snapshot, cancellationToken)));
        if (ingested.Result.Simulated)
        {
            session.Output.Warn("The data is SIMULATED: it rehearses the pipeline and says nothing about the real world. Use --data FILE for measured data.");
            session.Note("simulated data");
        }

        var code = await session.SourceWithChangesAsync(cancellationToken);
        await run.RecordAsync(
            record => record with
            {
                Source = code, DataSource = source.Name, Simulated = ingested.Result.Simulated, Data = taken.Snapshot.Combined
            },
            cancellationToken);
        return taken;
    }

    public static async Task ValidateAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        var snapshot = run.Results.Take<IngestedData>().Snapshot;
        var validated = await run.RunAsync(
            new ValidateStage(), new ValidateInput(snapshot, run.Specification.Contract), cancellationToken);
        var valid = validated.Result;
        run.Results.Keep(new CheckedData(valid.Profile));
        session.Note(Invariant($"{valid.Rows:N0} rows"));
        TellQuarantine(session, valid, validated.Outputs.GetValueOrDefault(ValidateStage.QuarantineFileName));
        await ExpectationFlow.CheckAsync(session, run, valid, cancellationToken);
        session.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{valid.Rows:N0} rows{(valid.First is { } first && valid.Last is { } last ? Invariant($", {first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm},") : "")} keep the contract {run.Specification.Contract.Name}"));
        var profile = await session.PutAsync(valid.Profile, cancellationToken);

        // A report on this run looks the contract up by the digest that the run names.
        await session.PutAsync(run.Specification.Contract, cancellationToken);
        await run.RecordAsync(record => record with { Rows = valid.Rows, Profile = profile.Digest }, cancellationToken);
        await ContractFlow.CheckAsync(session, run, cancellationToken);
        await DriftFlow.CompareAsync(session, run, cancellationToken);
    }

    private static void TellQuarantine(RunSession session, ValidatedData valid, Artifact? file)
    {
        if (valid.Quarantined > 0)
        {
            session.Note(Invariant($"{valid.Quarantined:N0} rows left out"));
            session.Output.Warn(Invariant(
                $"{valid.Rows + valid.Quarantined:N0} rows read: {valid.Rows:N0} accepted, {valid.Quarantined:N0} left out since they break the contract, with reasons in {file?.Path}"));
            valid.Findings.ToList().ForEach(finding => session.Output.Warn(finding.ToString()));
        }
    }

    public static async Task TrainAsync(RunSession session, PipelineRun run, string? recalibrate, CancellationToken cancellationToken)
    {
        await RegisteredModelFlow.BringAsync(session, run, cancellationToken);
        var input = new TrainInput(run.Results.Take<IngestedData>().Snapshot, run.Specification) { Root = session.Root };
        var trained = recalibrate == null
            ? await run.RunAsync(
                run.Specification.Answers == null ? new TrainStage() : (Stage<TrainInput, TrainingSummary>)new PromptStage(), input,
                cancellationToken)
            : await RecalibrationFlow.RunAsync(session, run, input, recalibrate, cancellationToken);
        var (model, summary) = run.Results.Keep(new FittedModel(trained.Outputs[TrainStage.ModelFile], trained.Result));
        session.Note($"model {model.Digest.Abbreviated}");
        session.Output.Line($"{summary.Trainer} model {model.Digest.Abbreviated}: " + (run.Specification.Answers is { } answers
            ? Invariant($"{summary.Columns} columns of {summary.HeldOut:N0} cases, each asked {answers.Repeats} times")
            : Invariant(
                $"{summary.Rows:N0} training rows, {summary.Columns} columns; held out {summary.HeldOut:N0} rows, {summary.Split.Describe()}")));
        foreach (var leak in summary.Leaks)
        {
            session.Output.Warn($"allowed, though it looks like a leak: {string.Join(", ", leak.Columns)} {leak.Evidence}. The pipeline says: {leak.Allowed}");
        }

        var (features, trainer) =
            (run.Specification.Features.Select(feature => feature.Describe()).ToList(),
                recalibrate == null ? summary.Chosen ?? run.Specification.Trainer.Describe() : summary.Trainer);
        await run.RecordAsync(
            record => record with
            {
                Features = features, Trainer = trainer, Model = model.Digest,
                ModelBytes = File.Exists(model.Path) ? new FileInfo(model.Path).Length : null
            },
            cancellationToken);
    }
}
