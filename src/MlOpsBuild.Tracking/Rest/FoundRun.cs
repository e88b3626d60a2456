using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>A run as the server has it.</summary>
/// <param name="Id">The server's name of it.</param>
/// <param name="Artifacts">Where its artifacts are.</param>
internal sealed record FoundRun(string Id, string Artifacts)
{
    /// <summary>Whether somebody deleted it there.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The latest value of each metric.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Its parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Digests of its data sets.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Reads MLflow's <c>Run</c>.</summary>
    public static FoundRun Read(JsonNode? run)
    {
        var (info, data) = (run?["info"], run?["data"]);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in data?["metrics"] as JsonArray ?? [])
        {
            metrics[Pairs.Text(metric?["key"])] = Pairs.Number(metric?["value"]) ?? double.NaN;
        }

        return new(Pairs.Text(info?["run_id"]), Pairs.Text(info?["artifact_uri"]))
        {
            IsDeleted = Pairs.Text(info?["lifecycle_stage"]) == "deleted",
            Metrics = metrics,
            Parameters = Pairs.Read(data?["params"]),
            Tags = Pairs.Read(data?["tags"]),
            Inputs =
            [
                .. (run?["inputs"]?["dataset_inputs"] as JsonArray ?? []).Select(input => Pairs.Text(input?["dataset"]?["digest"])),
            ],
        };
    }
}
