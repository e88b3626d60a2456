using System.Text.Json.Nodes;
using static MlOpsBuild.TestKit.Tracking.MlflowLimits;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>Experiments and runs.</summary>
internal static class MlflowRunAnswers
{
    /// <summary>The answer to a call; null where it is about something else.</summary>
    public static JsonObject? Of(MlflowState state, string call, JsonObject request, int bytes, int page) => call switch
    {
        "POST mlflow/experiments/create" => CreateExperiment(state, request),
        "GET mlflow/experiments/get-by-name" => state.Experiments.FirstOrDefault(
            experiment => experiment.Value == Text(request, "experiment_name")) is { Key: { } id } found
            ? new()
            {
                ["experiment"] = new JsonObject { ["experiment_id"] = id, ["name"] = found.Value, ["lifecycle_stage"] = "active" },
            }
            : throw MlflowRefusal.Missing($"Could not find experiment with name '{Text(request, "experiment_name")}'"),
        "POST mlflow/runs/create" => CreateRun(state, request),
        "GET mlflow/runs/get" => new() { ["run"] = state.Run(Text(request, "run_id")).ToJson() },
        "POST mlflow/runs/update" => Update(state, request),
        "POST mlflow/runs/search" => Search(state, request, page),
        "POST mlflow/runs/log-batch" => LogBatch(state, request, bytes),
        "POST mlflow/runs/set-tag" => SetTag(state, request),
        "POST mlflow/runs/log-inputs" => LogInputs(state, request),
        "GET mlflow/metrics/get-history" => new()
        {
            ["metrics"] = new JsonArray([.. state.Run(Text(request, "run_id")).HistoryOf(Text(request, "metric_key"))
                .Select(value => new JsonObject { ["key"] = Text(request, "metric_key"), ["value"] = value })]),
        },
        _ => null,
    };

    private static JsonObject CreateExperiment(MlflowState state, JsonObject request)
    {
        if (state.Experiments.ContainsValue(Text(request, "name")))
        {
            throw MlflowRefusal.There($"Experiment(name={Text(request, "name")}) already exists.");
        }

        MlflowState.Tag(new Dictionary<string, string>(), request);
        var id = $"{state.Experiments.Count + 1}";
        state.Experiments[id] = Text(request, "name");
        return new() { ["experiment_id"] = id };
    }

    private static JsonObject CreateRun(MlflowState state, JsonObject request)
    {
        var experiment = Text(request, "experiment_id");
        if (!state.Experiments.ContainsKey(experiment))
        {
            throw MlflowRefusal.Missing($"No Experiment with id={experiment} exists");
        }

        var id = $"{state.Runs.Count + 1:x32}";
        var run = new MlflowRun(id, experiment, long.TryParse(Text(request, "start_time"), out var started) ? started : 0)
        {
            Artifacts = $"{state.ArtifactRoot}{experiment}/{id}/artifacts",
        };
        MlflowState.Tag(run.Tags, request);
        run.Tags["mlflow.runName"] = Text(request, "run_name") is { Length: > 0 } name ? name : "nimble-goat-1";
        state.Runs.Add(run);
        return new() { ["run"] = run.ToJson() };
    }

    private static JsonObject Update(MlflowState state, JsonObject request)
    {
        var run = Active(state, request);
        run.Status = Text(request, "status") is { Length: > 0 } status ? status : run.Status;
        run.Ended = long.TryParse(Text(request, "end_time"), out var ended) ? ended : run.Ended;
        return new() { ["run_info"] = run.ToJson()["info"]!.DeepClone() };
    }

    private static JsonObject Search(MlflowState state, JsonObject request, int page)
    {
        var (filter, experiments) = (MlflowFilter.Parse(Text(request, "filter")), request["experiment_ids"]?.AsArray() ?? []);
        var view = Text(request, "run_view_type");
        var found = state.Runs
            .Where(run => experiments.Any(id => id!.GetValue<string>() == run.Experiment))
            .Where(run => view == "ALL" || run.IsDeleted == (view == "DELETED_ONLY"))
            .Where(run => filter.All(part => part.Field.StartsWith("tags.", StringComparison.Ordinal)
                ? run.Tags.TryGetValue(part.Field[5..], out var value) && value == part.Value
                : throw MlflowRefusal.Invalid($"Invalid attribute key '{part.Field}' specified")))
            .Reverse()
            .ToList();
        return MlflowState.Page(request, "runs", found, page, run => run.ToJson());
    }

    // What is written before a refusal stays written, as MLflow says it may.
    private static JsonObject LogBatch(MlflowState state, JsonObject request, int bytes)
    {
        RequireBatch(request, bytes);
        var run = Active(state, request);
        foreach (var parameter in List(request, "params"))
        {
            var (key, value) = (Text(parameter, "key"), Text(parameter, "value"));
            if (run.Parameters.TryGetValue(key, out var old) && old != value)
            {
                throw MlflowRefusal.Invalid(
                    $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{old}'");
            }

            run.Parameters[key] = value;
        }

        MlflowState.Tag(run.Tags, request);
        List(request, "metrics").ForEach(run.Log);
        return [];
    }

    private static JsonObject SetTag(MlflowState state, JsonObject request)
    {
        RequirePair("tag", request, 5000);
        Active(state, request).Tags[Text(request, "key")] = Text(request, "value");
        return [];
    }

    private static JsonObject LogInputs(MlflowState state, JsonObject request)
    {
        var run = Active(state, request);
        foreach (var input in List(request, "datasets"))
        {
            var dataset = input["dataset"]!.AsObject();
            RequireDataset(dataset);
            if (!run.InputList.Any(known => Text(known["dataset"]!.AsObject(), "digest") == Text(dataset, "digest")))
            {
                run.InputList.Add(input.DeepClone().AsObject());
            }
        }

        return [];
    }

    private static MlflowRun Active(MlflowState state, JsonObject request) => state.Run(Text(request, "run_id")) is { IsDeleted: false } run
        ? run
        : throw MlflowRefusal.Invalid("The run must be in the 'active' state. Current state is deleted.");
}
