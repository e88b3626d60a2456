using System.Diagnostics;
using MlOpsBuild.Components.Steps;
using MlOpsBuild.Components.Telemetry;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Session;

/// <summary>One pipeline in one run: its specification, the results so far, and the record that is kept of them.</summary>
internal sealed class PipelineRun
{
    private readonly RunSession _session;

    private PipelineRun(RunSession session, PipelineSpec specification, SearchSpace space, RunRecord record)
    {
        _session = session;
        Specification = specification;
        Space = space;
        Record = record;
    }

    public PipelineSpec Specification { get; private set; }

    /// <summary>What may be chosen of the pipeline.</summary>
    public SearchSpace Space { get; }

    public RunRecord Record { get; private set; }

    /// <summary>What the targets that have run hand to those that follow.</summary>
    public StepResults Results { get; } = new();

    public static PipelineRun Begin(
        RunSession session, ModelPipeline pipeline, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> targets)
    {
        var specification = pipeline.Specify(settings);
        var started = session.Time.GetUtcNow();
        return new(session, specification, new(pipeline, settings), new()
        {
            Id = session.IsForecast ? "forecast" : session.Store.Runs.NewId(started),
            Pipeline = specification.Name,
            Started = started,
            Actor = session.Actor,
            Targets = targets,
            Seed = specification.Seed,
            Contract = Digest.Of(CanonicalJson.Serialize(specification.Contract)),
            Parameters = specification.Parameters,
            Source = session.Source,
            Machine = MachineFacts.Read(session.IsServerBuild ? session.CodeHost?.Kind.ToString() ?? "a build server" : null),
        });
    }

    /// <summary>Trains on these rows from now on.</summary>
    public void TrainOn(TrainingWindow window) => Specification = Specification with { Window = window };

    /// <summary>Takes rows of feature views from files instead of their sources.</summary>
    /// <param name="files">Files or patterns by the view's name.</param>
    /// <exception cref="UsageException">The pipeline has no view of that name.</exception>
    public void TakeViewsFrom(IReadOnlyDictionary<string, string> files)
    {
        var names = Specification.Views.Select(join => join.View.Name).ToList();
        if (files.Keys.Except(names).FirstOrDefault() is { } unknown)
        {
            throw new UsageException(new Finding(
                "MLB7183", "The pipeline has no such feature view", $"pipeline {Specification.Name}, --view-data", unknown,
                names.Count > 0 ? string.Join(" or ", names) : "a pipeline with feature views", "correct the name"));
        }

        Specification = Specification with
        {
            Views = [.. Specification.Views.Select(join => files.TryGetValue(join.View.Name, out var file)
                ? join with { View = join.View with { Source = DataSource.Files(file, join.View.Source.Format) } }
                : join)],
        };
    }

    /// <summary>Trains as <paramref name="specification"/> says from now on: the same pipeline with other values.</summary>
    public Task UseAsync(PipelineSpec specification, CancellationToken cancellationToken)
    {
        Specification = specification;
        return RecordAsync(record => record with { Parameters = specification.Parameters }, cancellationToken);
    }

    /// <summary>Changes the record and writes it, so that it tells the truth whenever the run ends.</summary>
    public async Task RecordAsync(Func<RunRecord, RunRecord> change, CancellationToken cancellationToken)
    {
        Record = change(Record);
        if (!_session.IsForecast)
        {
            await _session.Store.Runs.SaveAsync(Record, cancellationToken);
        }
    }

    /// <summary>Runs or restores a stage, tells which, and records it.</summary>
    public async Task<StageRun<TResult>> RunAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, TInput input, CancellationToken cancellationToken)
    {
        using var span = BuildTrace.Stage(Specification.Name, stage.Name);
        StageRun<TResult> run;
        try
        {
            run = await Runner.RunAsync(stage, input, new OutputProgress(_session.Output), cancellationToken);
        }
        catch (Exception)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }

        span?.SetTag("mlops.stage.restored", run.Restored).SetTag("mlops.stage.key", run.Key.ToString());
        _session.Output.Line(StageLine.Of(run));
        Count(run);
        _session.Forecast(new(run.Stage, false, null));
        await RecordAsync(
            record => record with
            {
                Stages =
                [
                    .. record.Stages,
                    new(run.Stage, run.Key, run.Restored, run.Reason, run.Took.TotalSeconds, run.OriginallyTook.TotalSeconds)
                ]
            },
            cancellationToken);
        return run;
    }

    /// <summary>
    /// Runs or restores a stage, and records nothing: several may at once, and be counted afterwards. What runs elsewhere is heard.
    /// </summary>
    public Task<StageRun<TResult>> RunSilentlyAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, TInput input, CancellationToken cancellationToken) =>
        Runner.RunAsync(
            stage, input, _session.Elsewhere == null ? SilentProgress.Instance : new OutputProgress(_session.Output), cancellationToken);

    private StageRunner Runner => _session.Store.Stages(
        Specification.Name, _session.Environment, _session.IsForecast, _session.VerifiesCache, _session.Elsewhere?.Of(this));

    /// <summary>Counts a stage.</summary>
    public void Count<TResult>(StageRun<TResult> run) => _session.CountStage(run.Restored && !run.Verified);
}
