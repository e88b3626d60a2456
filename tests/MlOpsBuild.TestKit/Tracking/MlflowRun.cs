using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>A run of a <see cref="FakeMlflow"/>.</summary>
public sealed class MlflowRun
{
    private readonly List<(string Key, double Value, long Timestamp)> _metrics = [];

    internal MlflowRun(string id, string experiment, long started) => (Id, Experiment, Started) = (id, experiment, started);

    /// <summary>The server's name of it.</summary>
    public string Id { get; }

    /// <summary>The experiment's id.</summary>
    public string Experiment { get; }

    /// <summary>When it began, in milliseconds.</summary>
    public long Started { get; }

    /// <summary>When it ended, in milliseconds; 0 before.</summary>
    public long Ended { get; internal set; }

    /// <summary>RUNNING, FINISHED or FAILED.</summary>
    public string Status { get; internal set; } = "RUNNING";

    /// <summary>Whether somebody deleted it.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>Where its artifacts are.</summary>
    public string Artifacts { get; internal set; } = "";

    /// <summary>Parameters.</summary>
    public IDictionary<string, string> Parameters { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tags.</summary>
    public IDictionary<string, string> Tags { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Data sets that went in.</summary>
    public IReadOnlyList<JsonObject> Inputs => InputList;

    /// <summary>Every value that was logged of a metric.</summary>
    public IReadOnlyList<double> HistoryOf(string metric) =>
        [.. _metrics.Where(logged => logged.Key == metric).Select(logged => logged.Value)];

    /// <summary>Names of metrics, in the order in which they were first logged.</summary>
    public IReadOnlyList<string> Metrics => [.. _metrics.Select(logged => logged.Key).Distinct()];

    internal List<JsonObject> InputList { get; } = [];

    // Metrics are appended: what is logged twice is there twice.
    internal void Log(JsonObject metric) => _metrics.Add((
        MlflowLimits.Text(metric, "key"), metric["value"]!.GetValue<double>(), metric["timestamp"]!.GetValue<long>()));

    internal JsonObject ToJson() => new()
    {
        ["info"] = new JsonObject
        {
            ["run_id"] = Id, ["run_uuid"] = Id, ["experiment_id"] = Experiment, ["status"] = Status, ["start_time"] = Started,
            ["end_time"] = Ended, ["artifact_uri"] = Artifacts, ["lifecycle_stage"] = IsDeleted ? "deleted" : "active",
            ["run_name"] = Tags.TryGetValue("mlflow.runName", out var name) ? name : null,
        },
        ["data"] = new JsonObject
        {
            ["metrics"] = new JsonArray([.. Metrics.Select(key => new JsonObject
            {
                ["key"] = key, ["value"] = _metrics.Last(logged => logged.Key == key).Value, ["step"] = 0,
                ["timestamp"] = _metrics.Last(logged => logged.Key == key).Timestamp,
            })]),
            ["params"] = MlflowState.Pairs(Parameters), ["tags"] = MlflowState.Pairs(Tags),
        },
        ["inputs"] = new JsonObject { ["dataset_inputs"] = new JsonArray([.. InputList.Select(input => input.DeepClone())]) },
    };
}
