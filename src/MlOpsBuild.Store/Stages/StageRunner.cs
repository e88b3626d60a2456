using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Stages;

/// <summary>Restores a stage's result when its key is known and its outputs verify; else runs it and commits by rename.</summary>
public sealed class StageRunner
{
    private readonly MlOpsStore _store;
    private readonly string _pipeline;
    private readonly TimeProvider _time;
    private readonly string _folder;

    internal StageRunner(MlOpsStore store, string pipeline, TimeProvider time)
    {
        _store = store;
        _pipeline = pipeline;
        _time = time;
        _folder = Path.Combine(store.Folder, "stages");
    }

    /// <summary>The result of <paramref name="stage"/> for <paramref name="input"/>.</summary>
    /// <exception cref="StageFailedException">The stage failed; nothing was cached.</exception>
    public async Task<StageRun<TResult>> RunAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, TInput input, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        IReadOnlyList<StageInput> inputs =
        [
            new("stage", stage.Name),
            new("version", stage.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("code", CodeDigest.Of(stage.GetType()).ToString()),
            .. stage.Key(input),
        ];
        var key = Digest.Of(CanonicalJson.Serialize(inputs.Select(part => new[] { part.Name, part.Value })));
        var path = Path.Combine(_folder, key.Hex + ".json");
        if (await RestoreAsync<TResult>(path, cancellationToken) is { } restored)
        {
            return new(stage.Name, key, restored.Result, Artifacts(restored.Entry), true, null, _time.GetElapsedTime(started), TimeSpan.FromSeconds(restored.Entry.Seconds));
        }

        var last = Path.Combine(_folder, "last", $"{_pipeline}-{stage.Name}.json");
        var reason = await WhyAsync(last, path, inputs, cancellationToken);
        progress.Report($"{stage.Name} runs: {reason}");
        var (result, outputs) = await ExecuteAsync(stage, input, progress, cancellationToken);
        var took = _time.GetElapsedTime(started);
        var entry = new StageEntry(stage.Name, inputs, result.Digest, outputs, took.TotalSeconds, _time.GetUtcNow());
        await AtomicFile.WriteAsync(path, CanonicalJson.Serialize(entry), cancellationToken);
        await AtomicFile.WriteAsync(last, CanonicalJson.Serialize(entry), cancellationToken);
        return new(stage.Name, key, result.Value, Artifacts(entry), false, reason, took, took);
    }

    private async Task<((TResult Value, Digest Digest) Result, SortedDictionary<string, Digest> Outputs)> ExecuteAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, TInput input, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var workspace = StageWorkspace.In(Path.Combine(_store.Folder, "tmp"));
        var value = await stage.RunAsync(input, workspace.Folder, progress, cancellationToken);
        var outputs = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(workspace.Folder))
        {
            outputs[Path.GetFileName(file)] = (await _store.Blobs.PutFileAsync(file, cancellationToken)).Digest;
        }

        var result = await _store.Blobs.PutAsync(CanonicalJson.Serialize(value), cancellationToken);
        return ((value, result.Digest), outputs);
    }

    private async Task<(TResult Result, StageEntry Entry)?> RestoreAsync<TResult>(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var entry = CanonicalJson.Deserialize<StageEntry>(await File.ReadAllBytesAsync(path, cancellationToken));
            foreach (var output in entry.Outputs.Values)
            {
                if (!await _store.Blobs.VerifyAsync(output, cancellationToken))
                {
                    return null;
                }
            }

            return (CanonicalJson.Deserialize<TResult>(await _store.Blobs.ReadAsync(entry.Result, cancellationToken)), entry);
        }
        catch (Exception problem) when (problem is JsonException or StageFailedException)
        {
            return null;
        }
    }

    private static async Task<string> WhyAsync(string last, string entry, IReadOnlyList<StageInput> inputs, CancellationToken cancellationToken)
    {
        if (File.Exists(entry))
        {
            return "stored outputs are missing or damaged";
        }

        if (!File.Exists(last))
        {
            return "first run";
        }

        try
        {
            var before = CanonicalJson.Deserialize<StageEntry>(await File.ReadAllBytesAsync(last, cancellationToken)).Inputs;
            foreach (var input in inputs)
            {
                var earlier = before.FirstOrDefault(part => part.Name == input.Name);
                if (earlier?.Value != input.Value)
                {
                    return earlier?.Shown != null && input.Shown != null && earlier.Shown != input.Shown
                        ? $"{input.Name} {earlier.Shown} → {input.Shown}"
                        : $"{input.Name} changed";
                }
            }

            return "inputs changed";
        }
        catch (JsonException)
        {
            return "the last record is unreadable";
        }
    }

    private Dictionary<string, Artifact> Artifacts(StageEntry entry) =>
        entry.Outputs.ToDictionary(output => output.Key, output => new Artifact(output.Value, _store.Blobs.PathOf(output.Value)));
}
