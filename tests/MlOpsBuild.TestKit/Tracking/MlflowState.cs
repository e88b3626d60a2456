using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>What an MLflow server keeps.</summary>
internal sealed class MlflowState
{
    /// <summary>Experiments: names by their ids.</summary>
    public SortedDictionary<string, string> Experiments { get; } = new(StringComparer.Ordinal);

    public List<MlflowRun> Runs { get; } = [];

    public SortedDictionary<string, MlflowModel> Models { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, byte[]> Artifacts { get; } = new(StringComparer.Ordinal);

    /// <summary>Where artifacts of new experiments are.</summary>
    public string ArtifactRoot { get; set; } = "mlflow-artifacts:/";

    public MlflowRun Run(string id) =>
        Runs.FirstOrDefault(run => run.Id == id) ?? throw MlflowRefusal.Missing($"Run with id={id} not found");

    public MlflowModel Model(string name) =>
        Models.GetValueOrDefault(name) ?? throw MlflowRefusal.Missing($"Registered Model with name={name} not found");

    public MlflowVersion Version(string name, string number) => Model(name).Versions.FirstOrDefault(version => version.Number == number)
        ?? throw MlflowRefusal.Missing($"Model Version (name={name}, version={number}) not found");

    public static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        [.. pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })];

    /// <summary>Sets tags that a request brings.</summary>
    public static void Tag(IDictionary<string, string> tags, JsonObject request, string list = "tags")
    {
        foreach (var tag in MlflowLimits.List(request, list))
        {
            MlflowLimits.RequirePair("tag", tag, 5000);
            tags[MlflowLimits.Text(tag, "key")] = MlflowLimits.Text(tag, "value");
        }
    }

    /// <summary>The page that a request asks for; its token is where the next one begins.</summary>
    public static JsonObject Page<T>(JsonObject request, string list, IReadOnlyList<T> all, int largest, Func<T, JsonObject> write)
    {
        var from = MlflowLimits.Text(request, "page_token") is { Length: > 0 } token
            ? token.StartsWith("from-", StringComparison.Ordinal) && int.TryParse(token[5..], out var position) ? position
                : throw MlflowRefusal.Invalid("Invalid page token")
            : 0;
        var asked = int.TryParse(MlflowLimits.Text(request, "max_results"), out var number) ? number : largest;
        var count = Math.Min(asked, largest);
        var page = new JsonObject { [list] = new JsonArray([.. all.Skip(from).Take(count).Select(write)]) };
        if (from + count < all.Count)
        {
            page["next_page_token"] = $"from-{from + count}";
        }

        return page;
    }
}
