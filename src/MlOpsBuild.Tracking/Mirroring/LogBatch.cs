using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>Metrics, parameters and tags of a run in as few requests as MLflow's limits allow.</summary>
internal static class LogBatch
{
    private const int MostItems = 1000;
    private const int MostParameters = 100;
    private const int MostTags = 100;

    // The limit is a million; a margin is left for what stands around the items.
    private const int MostBytes = 990_000;

    /// <summary>The requests, parameters first: what a run was made with is there before what came of it.</summary>
    /// <param name="run">The server's name of the run.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="tags">Tags.</param>
    /// <param name="metrics">Metrics.</param>
    /// <param name="at">When they were measured.</param>
    public static IEnumerable<JsonObject> Of(
        string run, IEnumerable<KeyValuePair<string, string>> parameters, IEnumerable<KeyValuePair<string, string>> tags,
        IEnumerable<KeyValuePair<string, double>> metrics, DateTimeOffset at)
    {
        var batch = new Batch();
        var all = Items("params", parameters, Text).Concat(Items("tags", tags, Text)).Concat(Items("metrics", metrics, Metric));
        foreach (var (list, item) in all)
        {
            var size = System.Text.Encoding.UTF8.GetByteCount(item.ToJsonString()) + 1;
            if (!batch.Takes(list, size))
            {
                yield return batch.For(run);
                batch = new();
            }

            batch.Add(list, item, size);
        }

        if (batch.Count > 0)
        {
            yield return batch.For(run);
        }

        JsonObject Metric(string key, double value) =>
            new() { ["key"] = key, ["value"] = value, ["timestamp"] = at.ToUnixTimeMilliseconds(), ["step"] = 0 };
    }

    private static JsonObject Text(string key, string value) => new() { ["key"] = key, ["value"] = value };

    private static IEnumerable<(string List, JsonObject Item)> Items<T>(
        string list, IEnumerable<KeyValuePair<string, T>> pairs, Func<string, T, JsonObject> item) =>
        pairs.Select(pair => (list, item(pair.Key, pair.Value)));

    private sealed class Batch
    {
        private readonly Dictionary<string, JsonArray> _lists = [];
        private int _bytes;

        public int Count => _lists.Values.Sum(list => list.Count);

        public bool Takes(string list, int size) => Count < MostItems && _bytes + size <= MostBytes
            && (_lists.GetValueOrDefault(list)?.Count ?? 0) < (list switch
            {
                "params" => MostParameters,
                "tags" => MostTags,
                _ => MostItems,
            });

        public void Add(string list, JsonObject item, int size)
        {
            if (!_lists.TryGetValue(list, out var items))
            {
                _lists[list] = items = [];
            }

            items.Add(item);
            _bytes += size;
        }

        public JsonObject For(string run)
        {
            var request = new JsonObject { ["run_id"] = run };
            foreach (var (name, items) in _lists)
            {
                request[name] = items;
            }

            return request;
        }
    }
}
