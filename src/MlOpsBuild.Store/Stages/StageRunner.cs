using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Stages;

/// <summary>Restores a stage's result when its key is known and its outputs verify; else runs it and commits by rename.</summary>
public sealed class StageRunner
{
    private const int FilesBetweenReports = 10_000;
    private readonly MlOpsStore _store;
    private readonly string _pipeline;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly TimeProvider _time;
    private readonly bool _forecast;
    private readonly bool _verifies;
    private readonly IStageExecutor? _executor;
    private readonly string _folder;

    internal StageRunner(
        MlOpsStore store, string pipeline, IReadOnlyDictionary<string, string> variables, TimeProvider time, bool forecast, bool verifies,
        IStageExecutor? executor)
    {
        _store = store;
        _pipeline = pipeline;
        _variables = variables;
        _time = time;
        _forecast = forecast;
        _verifies = verifies && !forecast;
        _executor = executor;
        _folder = Path.Combine(store.Folder, "stages");
    }

    /// <summary>
    /// The result of <paramref name="stage"/> for <paramref name="input"/>. Output files that only the team has, or that are too large to
    /// travel, are fetched or made again when a stage that runs needs them, and not before.
    /// </summary>
    /// <exception cref="StageFailedException">The stage failed; nothing was cached.</exception>
    /// <exception cref="StageFailedException">It was to be verified, and gave another result than the one that is kept.</exception>
    /// <exception cref="StageWouldRunException">The stage would have to run, and this is a forecast.</exception>
    public async Task<StageRun<TResult>> RunAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, TInput input, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var inputs = InputsOf(stage, input);
        var key = KeyOf(inputs);
        var path = PathOf(key);
        var last = Path.Combine(_folder, "last", $"{_pipeline}-{stage.Name}.json");
        if (await RestoreAsync<TResult>(path, cancellationToken) is { } restored)
        {
            if (restored.Absent)
            {
                _store.Await(
                    new(
                        stage.Name, restored.Entry.Outputs,
                        async token => (await ExecuteAsync(stage, key, input, progress, token)).Outputs));
            }

            if (!_forecast)
            {
                await UseAsync(restored.Entry, last, cancellationToken);
            }

            if (_verifies)
            {
                await VerifyAsync(restored.Entry, stage, key, input, progress, cancellationToken);
            }

            return new(
                stage.Name, key, restored.Result, Artifacts(restored.Entry), true, null, _time.GetElapsedTime(started),
                TimeSpan.FromSeconds(restored.Entry.Seconds)) { Verified = _verifies };
        }

        var reason = await WhyAsync(stage.Name, last, path, inputs, cancellationToken);
        if (_forecast)
        {
            throw new StageWouldRunException(stage.Name, reason);
        }

        await _store.MaterialiseAsync(progress, cancellationToken);
        progress.Report($"{stage.Name} runs: {reason}");
        var (result, outputs) = await ExecuteAsync(stage, key, input, progress, cancellationToken);
        var took = _time.GetElapsedTime(started);
        var entry = new StageEntry(stage.Name, inputs, result.Digest, outputs, took.TotalSeconds, _time.GetUtcNow());
        await AtomicFile.WriteAsync(path, CanonicalJson.Serialize(entry), cancellationToken);
        await AtomicFile.WriteAsync(last, CanonicalJson.Serialize(entry), cancellationToken);
        return new(stage.Name, key, result.Value, Artifacts(entry), false, reason, took, took);
    }

    /// <summary>The key that <paramref name="stage"/> has for <paramref name="input"/>.</summary>
    public Digest KeyOf<TInput, TResult>(Stage<TInput, TResult> stage, TInput input) => KeyOf(InputsOf(stage, input));

    /// <summary>What a stage gave in an earlier run; null where it, or a file of it, is kept no more.</summary>
    /// <param name="key">The key that the run's record names.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(TResult Result, IReadOnlyDictionary<string, Artifact> Outputs)?> FindAsync<TResult>(
        Digest key, CancellationToken cancellationToken)
    {
        if (await RestoreAsync<TResult>(PathOf(key), cancellationToken) is not { } restored)
        {
            return null;
        }

        foreach (var output in restored.Absent ? restored.Entry.Outputs.Values : Enumerable.Empty<Digest>())
        {
            if (!await _store.Blobs.EnsureAsync(output, cancellationToken))
            {
                return null;
            }
        }

        return (restored.Result, Artifacts(restored.Entry));
    }

    private static Digest KeyOf(IReadOnlyList<StageInput> inputs) =>
        Digest.Of(CanonicalJson.Serialize(inputs.Select(part => new[] { part.Name, part.Value })));

    private IReadOnlyList<StageInput> InputsOf<TInput, TResult>(Stage<TInput, TResult> stage, TInput input) =>
    [
        new("stage", stage.Name),
        new("version", stage.Version.ToString(CultureInfo.InvariantCulture)),
        new("code", CodeDigest.Of(stage.GetType()).ToString()),
        new("platform", RuntimeInformation.RuntimeIdentifier, RuntimeInformation.RuntimeIdentifier),
        .. stage.Variables(input).Select(name => new StageInput(
            $"variable {name}", Digest.Of(_variables.GetValueOrDefault(name) is { } value ? "=" + value : "").ToString())),
        .. stage.Key(input),
    ];

    private async Task<((TResult Value, Digest Digest) Result, SortedDictionary<string, Digest> Outputs)> ExecuteAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, Digest key, TInput input, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (await ElsewhereAsync(stage, key, input, progress, cancellationToken) is { } elsewhere)
        {
            var read = CanonicalJson.Deserialize<TResult>(await _store.Blobs.ReadAsync(elsewhere.Result, cancellationToken));
            return ((read, elsewhere.Result), elsewhere.Files);
        }

        using var workspace = StageWorkspace.In(Path.Combine(_store.Folder, "tmp"));
        var value = await stage.RunAsync(input, workspace.Folder, progress, cancellationToken);
        var outputs = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(workspace.Folder))
        {
            outputs[Path.GetFileName(file)] = (await _store.Blobs.PutFileAsync(file, cancellationToken)).Digest;
        }

        var (kept, copied) = (stage.Kept(input), 0);
        foreach (var (name, file) in kept)
        {
            outputs[name] = file.Digest;
            if (await _store.Blobs.KeepAsync(file, cancellationToken) && ++copied % FilesBetweenReports == 0)
            {
                progress.Report(
                    string.Create(CultureInfo.InvariantCulture, $"{stage.Name}: {copied:N0} new of {kept.Count:N0} files kept"));
            }
        }

        var result = await _store.Blobs.PutAsync(CanonicalJson.Serialize(value), cancellationToken);
        return ((value, result.Digest), outputs);
    }

    private Task<StageOutputs?> ElsewhereAsync<TInput, TResult>(
        Stage<TInput, TResult> stage, Digest key, TInput input, IProgress<string> progress, CancellationToken cancellationToken) =>
        _executor?.RunAsync(
            new(
                stage.Name, key, input!,
                stage.Variables(input).Distinct().Where(_variables.ContainsKey).ToDictionary(name => name, name => _variables[name])),
            progress, cancellationToken)
        ?? Task.FromResult<StageOutputs?>(null);

    // What is kept stays what it is: whoever finds a difference has to find its cause before either is worth anything.
    private async Task VerifyAsync<TInput, TResult>(
        StageEntry entry, Stage<TInput, TResult> stage, Digest key, TInput input, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        await _store.MaterialiseAsync(progress, cancellationToken);
        progress.Report($"{stage.Name} runs again, to compare with what is kept");
        var (result, outputs) = await ExecuteAsync(stage, key, input, progress, cancellationToken);
        var different = entry.Outputs.Keys.Union(outputs.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Now: outputs.GetValueOrDefault(name), Kept: entry.Outputs.GetValueOrDefault(name)))
            .Append((Name: "its result", Now: stage.Measures ? entry.Result : result.Digest, Kept: entry.Result))
            .Where(part => part.Now != part.Kept)
            .ToList();
        if (different.Count > 0)
        {
            throw new StageFailedException(
                $"{stage.Name} gave another result for the same inputs",
                [
                    .. different.Select(part => new Finding(
                        "MLB4015", "A stage gave another result for the same inputs", $"{stage.Name}: {part.Name}", Shown(part.Now),
                        Shown(part.Kept),
                        "make it depend on its declared inputs only, or declare what it reads")),
                ],
                Verdict.Failed);
        }

        static string Shown(Digest digest) => digest == default ? "no such file" : digest.ToString();
    }

    private async Task<(TResult Result, StageEntry Entry, bool Absent)?> RestoreAsync<TResult>(
        string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var entry = CanonicalJson.Deserialize<StageEntry>(await File.ReadAllBytesAsync(path, cancellationToken));
            var absent = false;
            await Parallel.ForEachAsync(entry.Outputs.Values, cancellationToken, async (output, token) =>
            {
                if (!await _store.Blobs.IsUnchangedAsync(output, token))
                {
                    absent = true;
                }
            });

            if (!_forecast)
            {
                await _store.Blobs.RememberAsync(cancellationToken);
            }

            // Without a team the files can only be made again, and at once is the time to say so.
            return absent && _store.Team == null ? null
                : (CanonicalJson.Deserialize<TResult>(await _store.Blobs.ReadAsync(entry.Result, cancellationToken)), entry, absent);
        }
        catch (Exception problem) when (problem is JsonException or StageFailedException)
        {
            return null;
        }
    }

    // The next run is compared with what was used last, whether that ran or was kept.
    private static async Task UseAsync(StageEntry entry, string last, CancellationToken cancellationToken)
    {
        var used = CanonicalJson.Serialize(entry);
        var before = File.Exists(last) ? await File.ReadAllBytesAsync(last, cancellationToken) : [];
        if (!used.AsSpan().SequenceEqual(before))
        {
            await AtomicFile.WriteAsync(last, used, cancellationToken);
        }
    }

    private async Task<string> WhyAsync(
        string stage, string last, string entry, IReadOnlyList<StageInput> inputs, CancellationToken cancellationToken)
    {
        if (File.Exists(entry))
        {
            return "stored outputs are missing or damaged";
        }

        var earlierRun = File.Exists(last) ? last : await LastOfTeamAsync(stage, cancellationToken);
        if (earlierRun == null)
        {
            return "first run";
        }

        try
        {
            var before = CanonicalJson.Deserialize<StageEntry>(await File.ReadAllBytesAsync(earlierRun, cancellationToken))
                .Inputs.ToLookup(part => part.Name);
            foreach (var input in inputs)
            {
                var earlier = before[input.Name].FirstOrDefault();
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

    // On a machine that never ran the stage, the newest run of anybody is what to compare with.
    private async Task<string?> LastOfTeamAsync(string stage, CancellationToken cancellationToken)
    {
        try
        {
            var run = await _store.Runs.LatestAsync(
                _pipeline, record => record.Stages.Any(known => known.Stage == stage && File.Exists(PathOf(known.Key))), cancellationToken);
            return run == null ? null : PathOf(run.Stages.Last(known => known.Stage == stage && File.Exists(PathOf(known.Key))).Key);
        }
        catch (JsonException)
        {
            // A damaged record is the doctor's affair; here it only costs a reason.
            return null;
        }
    }

    private string PathOf(Digest key) => Path.Combine(_folder, key.Hex[..2], key.Hex + ".json");

    private Dictionary<string, Artifact> Artifacts(StageEntry entry) =>
        entry.Outputs.ToDictionary(output => output.Key, output => _store.Blobs.At(output.Value));
}
