using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>Registered models, their versions and aliases.</summary>
internal sealed class ModelCalls(RestConnection rest)
{
    private const string Page = "200";

    /// <summary>The registered model, made where there is none.</summary>
    public Task<FoundModel> ModelAsync(
        string name, IEnumerable<KeyValuePair<string, string>> tags, CancellationToken cancellationToken) => rest.FindOrCreateAsync(
        async token =>
        {
            try
            {
                return Read(await rest.GetAsync("mlflow/registered-models/get", [("name", name)], token));
            }
            catch (TrackingRefusedException none) when (none.IsMissing)
            {
                return null;
            }
        },
        "mlflow/registered-models/create", new() { ["name"] = name, ["tags"] = Pairs.Of(tags) }, Read, cancellationToken);

    /// <summary>The version with this tag, made where there is none.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="run">The run that made it.</param>
    /// <param name="source">Where its files are.</param>
    /// <param name="tag">What tells it from every other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<FoundVersion> VersionAsync(
        string name, string run, string source, KeyValuePair<string, string> tag, CancellationToken cancellationToken) =>
        rest.FindOrCreateAsync(
            async token => await FindAsync(name, run, tag, token),
            "mlflow/model-versions/create",
            new() { ["name"] = name, ["source"] = source, ["run_id"] = run, ["tags"] = Pairs.Of([tag]) },
            answer => FoundVersion.Read(answer["model_version"]), cancellationToken);

    /// <summary>The version of this run that has the tag; null when there is none.</summary>
    public async Task<FoundVersion?> FindAsync(
        string name, string run, KeyValuePair<string, string> tag, CancellationToken cancellationToken)
    {
        for (string? next = ""; next != null;)
        {
            List<(string, string)> question = [("filter", $"name = '{name}' and run_id = '{run}'"), ("max_results", Page)];
            question.AddRange(next.Length > 0 ? [("page_token", next)] : []);
            var answer = await rest.GetAsync("mlflow/model-versions/search", question, cancellationToken);
            if ((answer["model_versions"] as JsonArray ?? []).Select(FoundVersion.Read)
                .FirstOrDefault(version => version.Tags.GetValueOrDefault(tag.Key) == tag.Value) is { } found)
            {
                return found;
            }

            next = Pairs.Text(answer["next_page_token"]) is { Length: > 0 } token ? token : null;
        }

        return null;
    }

    /// <summary>Sets one tag of a version.</summary>
    public Task TagAsync(string name, string version, string key, string value, CancellationToken cancellationToken) => rest.PostAsync(
        "mlflow/model-versions/set-tag", new() { ["name"] = name, ["version"] = version, ["key"] = key, ["value"] = value },
        cancellationToken);

    /// <summary>Lets an alias name a version.</summary>
    public Task AliasAsync(string name, string alias, string version, CancellationToken cancellationToken) => rest.PostAsync(
        "mlflow/registered-models/alias", new() { ["name"] = name, ["alias"] = alias, ["version"] = version }, cancellationToken);

    /// <summary>Takes an alias away.</summary>
    public Task ForgetAliasAsync(string name, string alias, CancellationToken cancellationToken) => rest.DeleteAsync(
        "mlflow/registered-models/alias", new() { ["name"] = name, ["alias"] = alias }, cancellationToken);

    /// <summary>The number of the version that an alias names.</summary>
    public async Task<string> ResolveAsync(string name, string alias, CancellationToken cancellationToken) => Pairs.Text(
        (await rest.GetAsync("mlflow/registered-models/alias", [("name", name), ("alias", alias)], cancellationToken))
        ["model_version"]?["version"]);

    /// <summary>Where a version's files are.</summary>
    public async Task<string> FilesAsync(string name, string version, CancellationToken cancellationToken) => Pairs.Text(
        (await rest.GetAsync("mlflow/model-versions/get-download-uri", [("name", name), ("version", version)], cancellationToken))
        ["artifact_uri"]);

    private static FoundModel Read(JsonObject answer)
    {
        var model = answer["registered_model"];
        return new(Pairs.Read(model?["tags"]), (model?["aliases"] as JsonArray ?? [])
            .GroupBy(alias => Pairs.Text(alias?["alias"]))
            .ToDictionary(alias => alias.Key, alias => Pairs.Text(alias.Last()?["version"])));
    }
}
