using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// Where an image comes from, as an in-toto statement (v1) with SLSA provenance (v1): what was asked for,
/// what it was made of, in which run.
/// </summary>
public static class Provenance
{
    /// <summary>What kind of statement it is.</summary>
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    private const string Materials = "resolvedDependencies";
    private const string BuildType = "urn:mlopsbuild:package:v1";

    /// <summary>The statement.</summary>
    /// <param name="name">The image's repository and tag.</param>
    /// <param name="image">Its manifest.</param>
    /// <param name="bundle">What it serves.</param>
    /// <param name="model">The model.</param>
    /// <param name="run">The run that made the version.</param>
    public static byte[] Write(string name, Digest image, Digest bundle, Digest model, RunRecord run)
    {
        var parameters = new JsonObject();
        foreach (var (key, value) in run.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            parameters[key] = value;
        }

        return Statement.Write(name, image, PredicateType, new JsonObject
        {
            ["buildDefinition"] = new JsonObject
            {
                ["buildType"] = BuildType,
                ["externalParameters"] = new JsonObject
                {
                    ["pipeline"] = run.Pipeline, ["targets"] = new JsonArray([.. run.Targets.Select(target => (JsonNode)target)]),
                    ["parameters"] = parameters
                },
                ["internalParameters"] = new JsonObject { ["seed"] = run.Seed.ToString(CultureInfo.InvariantCulture) },
                [Materials] = new JsonArray([.. Dependencies(bundle, model, run)]),
            },
            ["runDetails"] = new JsonObject
            {
                ["builder"] = new JsonObject { ["id"] = BuildType },
                ["metadata"] = new JsonObject
                {
                    ["invocationId"] = run.Id,
                    ["startedOn"] = run.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                },
            },
        });
    }

    /// <summary>Whether a statement says that <paramref name="image"/> was made of <paramref name="bundle"/>.</summary>
    public static bool Says(byte[] statement, Digest image, Digest bundle) =>
        Statement.Read(statement, image, PredicateType)?["buildDefinition"]?[Materials] is JsonArray materials
        && materials.Any(material => material?["name"]?.GetValue<string>() == "bundle"
            && material["digest"]?["sha256"]?.GetValue<string>() == bundle.Hex);

    private static IEnumerable<JsonNode> Dependencies(Digest bundle, Digest model, RunRecord run)
    {
        if (run.Source?.Commit is { } commit)
        {
            var source = Dependency("source", "gitCommit", commit);
            if (run.Source.Changes is { Count: > 0 } changes)
            {
                source["annotations"] = new JsonObject { ["uncommitted"] = changes.Count };
            }

            yield return source;
        }

        if (run.Data is { } data)
        {
            yield return Dependency("data", "sha256", data.Hex);
        }

        yield return Dependency("model", "sha256", model.Hex);
        yield return Dependency("bundle", "sha256", bundle.Hex);
    }

    private static JsonObject Dependency(string name, string algorithm, string digest) =>
        new() { ["name"] = name, ["digest"] = new JsonObject { [algorithm] = digest } };
}
