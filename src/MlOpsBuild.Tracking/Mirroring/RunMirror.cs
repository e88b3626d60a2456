using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Tracking.Rest;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>
/// Run records → MLflow's runs. What is there already stays: only what lacks is sent, and a tag that is set last tells that a run is
/// whole.
/// </summary>
internal sealed class RunMirror(MlOpsStore store, RestConnection rest, MirrorReport report)
{
    private readonly RunCalls _calls = new(rest);
    private readonly Dictionary<string, string> _experiments = [];
    private readonly Dictionary<string, FoundRun> _known = [];

    /// <summary>Looks all runs of a pipeline up at once, where many are to be compared.</summary>
    public async Task SurveyAsync(string pipeline, CancellationToken cancellationToken)
    {
        var experiment = await ExperimentAsync(pipeline, cancellationToken);
        await foreach (var run in _calls.SearchAsync(experiment, null, cancellationToken))
        {
            if (run.Tags.GetValueOrDefault(TagName.Run) is { } id)
            {
                _known[id] = run;
            }
        }
    }

    /// <summary>The server's run of <paramref name="run"/>, made where there is none and brought up to date.</summary>
    public async Task<FoundRun> SendAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var experiment = await ExperimentAsync(run.Pipeline, cancellationToken);
        var found = _known.GetValueOrDefault(run.Id)
            ?? await _calls.RunAsync(experiment, new(TagName.Run, run.Id), run.Id, run.Started, cancellationToken);
        _known[run.Id] = found;
        var (facts, files) = (RunFacts.Of(run), await RunFiles.OfAsync(store, run, cancellationToken));
        var mark = MarkOf(facts, files);
        if (found.IsDeleted)
        {
            report.Note($"run {run.Id} was deleted there, and stays so");
        }
        else if (found.Tags.GetValueOrDefault(TagName.Mirrored) != mark)
        {
            await FillAsync(run, found, facts, files, cancellationToken);
            await _calls.EndAsync(found.Id, facts.Status, facts.Ended, cancellationToken);
            await _calls.TagAsync(found.Id, TagName.Mirrored, mark, cancellationToken);
            _known[run.Id] = found with { Tags = new Dictionary<string, string>(found.Tags) { [TagName.Mirrored] = mark } };
            report.Runs++;
        }

        return found;
    }

    private async Task FillAsync(
        RunRecord run, FoundRun found, RunFacts facts, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        // A parameter is written once there; what it was first is what it stays.
        foreach (var (key, value) in facts.Parameters.Where(own => found.Parameters.GetValueOrDefault(own.Key, own.Value) != own.Value))
        {
            var there = Excerpt.Line(found.Parameters[key]);
            report.Note($"run {run.Id}: the parameter {key} stays '{there}' there, it is '{Excerpt.Line(value)}'");
        }

        foreach (var batch in LogBatch.Of(
            found.Id, facts.Parameters.Where(own => !found.Parameters.ContainsKey(own.Key)),
            facts.Tags.Where(own => found.Tags.GetValueOrDefault(own.Key) != own.Value),
            facts.Metrics.Where(own => !found.Metrics.TryGetValue(own.Key, out var value) || !value.Equals(own.Value)), run.Started))
        {
            await _calls.LogAsync(batch, cancellationToken);
        }

        if (run.Data is { } data && !found.Inputs.Contains(DatasetFacts.DigestOf(data)))
        {
            var contract = files.TryGetValue("contract.json", out var content)
                ? CanonicalJson.TryDeserialize<DataContract>(content)
                : null;
            await _calls.LogInputAsync(found.Id, DatasetFacts.Of(run, contract), cancellationToken);
        }

        if (ArtifactFolder.Of(rest, found.Artifacts) is not { } folder)
        {
            report.Note($"artifacts stay here: that server hands none through, it keeps them at {Excerpt.Line(found.Artifacts)}");
            return;
        }

        foreach (var (name, bytes) in files)
        {
            await folder.PutAsync(name, bytes, cancellationToken);
        }
    }

    private async Task<string> ExperimentAsync(string pipeline, CancellationToken cancellationToken) =>
        _experiments.TryGetValue(pipeline, out var known) ? known
        : _experiments[pipeline] = await _calls.ExperimentAsync(pipeline, [new(TagName.Pipeline, pipeline)], cancellationToken);

    private static string MarkOf(RunFacts facts, IReadOnlyDictionary<string, byte[]> files) => Digest.Of(CanonicalJson.Serialize(
        new { Facts = facts, Files = files.ToDictionary(file => file.Key, file => Digest.Of(file.Value)) })).Hex;
}
