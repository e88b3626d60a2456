using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.Tracking.Rest;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>Versions and aliases of a pipeline → those of the registered model of its name.</summary>
internal sealed class VersionMirror(
    MlOpsStore store, RestConnection rest, RunMirror runs, MirrorMemory memory, MirrorReport report)
{
    private readonly ModelCalls _calls = new(rest);
    private readonly Dictionary<string, FoundModel> _models = [];

    /// <summary>The server's number of a version, registered where it is not; null where the run that made it is known to nobody.</summary>
    public async Task<string?> SendAsync(string pipeline, ModelVersion version, CancellationToken cancellationToken)
    {
        if (await store.Runs.FindAsync(version.Run, cancellationToken) is not { } record)
        {
            report.Note($"{pipeline} v{version.Number} is not registered there: the run that made it, {version.Run}, is not known here");
            return null;
        }

        await ModelAsync(pipeline, cancellationToken);
        var run = await runs.SendAsync(record, cancellationToken);
        var tag = new KeyValuePair<string, string>(TagName.Bundle, version.Bundle.ToString());
        var found = await _calls.FindAsync(pipeline, run.Id, tag, cancellationToken);
        if (found == null)
        {
            // Files first: a version that is there can be loaded.
            await UploadAsync(pipeline, version, run, cancellationToken);
            found = await _calls.VersionAsync(
                pipeline, run.Id, $"{run.Artifacts.TrimEnd('/')}/{ModelFolder.Name}", tag, cancellationToken);
            report.Versions++;
        }

        foreach (var (name, value) in TagsOf(pipeline, version).Where(own => found.Tags.GetValueOrDefault(own.Key) != own.Value))
        {
            await _calls.TagAsync(pipeline, found.Number, name, value, cancellationToken);
        }

        return found.Number;
    }

    /// <summary>
    /// Lets the server's aliases name what ours name. Ours decide: one that was moved there by hand is moved back, and told.
    /// </summary>
    /// <param name="pipeline">Whose aliases.</param>
    /// <param name="asks">Whether the server is asked even where ours did not move.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AliasesAsync(string pipeline, bool asks, CancellationToken cancellationToken)
    {
        var registry = store.Versions(pipeline);
        var wanted = new SortedDictionary<string, ModelVersion?>(StringComparer.Ordinal);
        foreach (var alias in registry.Aliases())
        {
            wanted[alias] = await registry.ResolveAsync(alias, cancellationToken);
        }

        var state = string.Join(' ', wanted.Select(alias => $"{alias.Key}={alias.Value?.Bundle.Hex}"));
        if (wanted.Count == 0 || (!asks && memory.Aliases.GetValueOrDefault(pipeline) == state))
        {
            return;
        }

        var (model, numbers) = (await ModelAsync(pipeline, cancellationToken), new Dictionary<string, string>());
        foreach (var (alias, version) in wanted)
        {
            var number = version == null ? null : await NumberOfAsync(pipeline, version, numbers, asks, cancellationToken);
            if (version == null || number != null)
            {
                await AliasAsync(pipeline, alias, version, number, model.Aliases.GetValueOrDefault(alias), cancellationToken);
            }
        }

        memory.Forget(pipeline);
        memory.Aliases[pipeline] = state;
        numbers.ToList().ForEach(number => memory.Versions[number.Key] = number.Value);
    }

    private async Task<string?> NumberOfAsync(
        string pipeline, ModelVersion version, Dictionary<string, string> numbers, bool asks, CancellationToken cancellationToken)
    {
        var key = $"{pipeline} {Digest.Of(CanonicalJson.Serialize(version)).Hex}";
        var number = asks || !memory.Versions.TryGetValue(key, out var known)
            ? await SendAsync(pipeline, version, cancellationToken)
            : known;
        if (number != null)
        {
            numbers[key] = number;
        }

        return number;
    }

    private async Task AliasAsync(
        string pipeline, string alias, ModelVersion? version, string? number, string? there, CancellationToken cancellationToken)
    {
        if (number == there)
        {
            return;
        }

        await (number == null
            ? _calls.ForgetAliasAsync(pipeline, alias, cancellationToken)
            : _calls.AliasAsync(pipeline, alias, number, cancellationToken));
        var words = new[] { number == null ? null : $"version {number} there", there == null ? null : $"it was version {there}" };
        report.Move(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline}@{alias} is {(version == null ? "gone" : $"v{version.Number}")} ({string.Join(", ", words.OfType<string>())})"));
    }

    private async Task UploadAsync(string pipeline, ModelVersion version, FoundRun run, CancellationToken cancellationToken)
    {
        if (ArtifactFolder.Of(rest, run.Artifacts) is not { } folder)
        {
            return;
        }

        if (!await store.Blobs.EnsureAsync(version.Model, cancellationToken))
        {
            report.Note($"{pipeline} v{version.Number} is registered there without its model: it is not kept here any more");
            return;
        }

        var content = await store.Blobs.ReadAsync(version.Model, cancellationToken);
        foreach (var (name, bytes) in ModelFolder.Of(pipeline, version, content, run.Id))
        {
            await folder.PutAsync($"{ModelFolder.Name}/{name}", bytes, cancellationToken);
        }
    }

    private async Task<FoundModel> ModelAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!_models.TryGetValue(pipeline, out var model))
        {
            model = await _calls.ModelAsync(pipeline, [new(TagName.Pipeline, pipeline)], cancellationToken);
            _models[pipeline] = model.Tags.GetValueOrDefault(TagName.Pipeline) == pipeline ? model
                : throw new StageFailedException(new Finding(
                    "MLB4053", "The registered model is somebody else's", $"MLflow, registered model {pipeline}", null,
                    $"the tag {TagName.Pipeline} = {pipeline}", "set the tag there to let this build register versions and move aliases"));
        }

        return _models[pipeline];
    }

    private static IEnumerable<KeyValuePair<string, string>> TagsOf(string pipeline, ModelVersion version) =>
        new KeyValuePair<string, string?>[]
        {
            new(TagName.Pipeline, pipeline),
            new(TagName.Version, version.Number.ToString(CultureInfo.InvariantCulture)),
            new("mlops.model.digest", version.Model.ToString()),
            new("mlops.git.commit", version.Source?.Commit),
            new("mlops.maker", version.Maker),
            new("mlops.simulated", version.Simulated ? "true" : null),
            new("mlops.signed.by", version.Signature?.Key),
        }.Where(tag => !string.IsNullOrEmpty(tag.Value)).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value!));
}
