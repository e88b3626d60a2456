using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>Experiments and runs.</summary>
internal sealed class RunCalls(RestConnection rest)
{
    private const int Page = 200;

    /// <summary>The id of the experiment called <paramref name="name"/>, made where there is none.</summary>
    public Task<string> ExperimentAsync(
        string name, IEnumerable<KeyValuePair<string, string>> tags, CancellationToken cancellationToken) => rest.FindOrCreateAsync(
        async token =>
        {
            try
            {
                var found = await rest.GetAsync("mlflow/experiments/get-by-name", [("experiment_name", name)], token);
                return Pairs.Text(found["experiment"]?["experiment_id"]);
            }
            catch (TrackingRefusedException none) when (none.IsMissing)
            {
                return null;
            }
        },
        "mlflow/experiments/create", new() { ["name"] = name, ["tags"] = Pairs.Of(tags) },
        answer => Pairs.Text(answer["experiment_id"]), cancellationToken);

    /// <summary>Runs with a tag, deleted ones as well.</summary>
    /// <param name="experiment">Where to look.</param>
    /// <param name="filter">MLflow's own words for it, or null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<FoundRun> SearchAsync(
        string experiment, string? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? next = ""; next != null;)
        {
            var question = new JsonObject
            {
                ["experiment_ids"] = new JsonArray(experiment), ["run_view_type"] = "ALL", ["max_results"] = Page,
            };
            foreach (var (field, value) in new[] { ("filter", filter), ("page_token", next) })
            {
                if (!string.IsNullOrEmpty(value))
                {
                    question[field] = value;
                }
            }

            var answer = await rest.PostAsync("mlflow/runs/search", question, cancellationToken);
            foreach (var run in answer["runs"] as JsonArray ?? [])
            {
                yield return FoundRun.Read(run);
            }

            next = Pairs.Text(answer["next_page_token"]) is { Length: > 0 } token ? token : null;
        }
    }

    /// <summary>The run with this tag, made where there is none: however often it is asked for, there is one.</summary>
    public Task<FoundRun> RunAsync(
        string experiment, KeyValuePair<string, string> tag, string name, DateTimeOffset started, CancellationToken cancellationToken) =>
        rest.FindOrCreateAsync(
            async token => await FirstAsync(experiment, $"tags.`{tag.Key}` = '{tag.Value}'", token),
            "mlflow/runs/create",
            new()
            {
                ["experiment_id"] = experiment, ["run_name"] = name, ["start_time"] = started.ToUnixTimeMilliseconds(),
                ["tags"] = Pairs.Of([tag]),
            },
            answer => FoundRun.Read(answer["run"]), cancellationToken);

    /// <summary>Sends one batch.</summary>
    public Task LogAsync(JsonObject batch, CancellationToken cancellationToken) =>
        rest.PostAsync("mlflow/runs/log-batch", batch, cancellationToken);

    /// <summary>Says which data went in.</summary>
    public Task LogInputAsync(string run, JsonObject input, CancellationToken cancellationToken) => rest.PostAsync(
        "mlflow/runs/log-inputs", new() { ["run_id"] = run, ["datasets"] = new JsonArray(input) }, cancellationToken);

    /// <summary>Says how it ended.</summary>
    public Task EndAsync(string run, string status, DateTimeOffset ended, CancellationToken cancellationToken) => rest.PostAsync(
        "mlflow/runs/update", new() { ["run_id"] = run, ["status"] = status, ["end_time"] = ended.ToUnixTimeMilliseconds() },
        cancellationToken);

    /// <summary>Sets one tag.</summary>
    public Task TagAsync(string run, string key, string value, CancellationToken cancellationToken) => rest.PostAsync(
        "mlflow/runs/set-tag", new() { ["run_id"] = run, ["key"] = key, ["value"] = value }, cancellationToken);

    private async Task<FoundRun?> FirstAsync(string experiment, string filter, CancellationToken cancellationToken)
    {
        await foreach (var run in SearchAsync(experiment, filter, cancellationToken))
        {
            return run;
        }

        return null;
    }
}
