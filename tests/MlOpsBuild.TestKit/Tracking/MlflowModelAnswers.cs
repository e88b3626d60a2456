using System.Text.Json.Nodes;
using static MlOpsBuild.TestKit.Tracking.MlflowLimits;

namespace MlOpsBuild.TestKit.Tracking;

/// <summary>Registered models, versions and aliases.</summary>
internal static class MlflowModelAnswers
{
    /// <summary>The answer to a call; null where it is about something else.</summary>
    public static JsonObject? Of(MlflowState state, string call, JsonObject request, int page)
    {
        var name = Text(request, "name");
        switch (call)
        {
            case "POST mlflow/registered-models/create":
                return Create(state, request);
            case "GET mlflow/registered-models/get":
                return new() { ["registered_model"] = state.Model(name).ToJson() };
            case "POST mlflow/registered-models/set-tag":
                RequirePair("tag", request, 5000);
                state.Model(name).Tags[Text(request, "key")] = Text(request, "value");
                return [];
            case "POST mlflow/registered-models/alias":
                RequireAlias(Text(request, "alias"));
                state.Model(name).Aliases[Text(request, "alias")] = state.Version(name, Text(request, "version")).Number;
                return [];
            case "GET mlflow/registered-models/alias":
                return state.Model(name).Aliases.TryGetValue(Text(request, "alias"), out var number)
                    ? new() { ["model_version"] = state.Version(name, number).ToJson(name) }
                    : throw MlflowRefusal.Invalid($"Registered model alias {Text(request, "alias")} not found.");
            case "DELETE mlflow/registered-models/alias":
                state.Model(name).Aliases.Remove(Text(request, "alias"));
                return [];
            case "POST mlflow/model-versions/create":
                return CreateVersion(state, request);
            case "GET mlflow/model-versions/get":
                return new() { ["model_version"] = state.Version(name, Text(request, "version")).ToJson(name) };
            case "GET mlflow/model-versions/search":
                return Search(state, request, page);
            case "GET mlflow/model-versions/get-download-uri":
                return new() { ["artifact_uri"] = state.Version(name, Text(request, "version")).Source };
            case "POST mlflow/model-versions/set-tag":
                RequirePair("tag", request, 5000);
                state.Version(name, Text(request, "version")).Tags[Text(request, "key")] = Text(request, "value");
                return [];
            case "DELETE mlflow/model-versions/delete":
                Delete(state.Model(name), state.Version(name, Text(request, "version")));
                return [];
            default:
                return null;
        }
    }

    /// <summary>Deletes a version, with the aliases that name it.</summary>
    public static void Delete(MlflowModel model, MlflowVersion version)
    {
        model.VersionList.Remove(version);
        foreach (var alias in model.Aliases.Where(alias => alias.Value == version.Number).Select(alias => alias.Key).ToList())
        {
            model.Aliases.Remove(alias);
        }
    }

    private static JsonObject Create(MlflowState state, JsonObject request)
    {
        var name = Text(request, "name");
        if (name.Contains('/') || name.Contains(':'))
        {
            throw MlflowRefusal.Invalid($"Invalid model name: '{name}'. Model name cannot contain '/' or ':'");
        }

        if (state.Models.ContainsKey(name))
        {
            throw MlflowRefusal.There($"Registered Model (name={name}) already exists.");
        }

        var model = new MlflowModel(name);
        MlflowState.Tag(model.Tags, request);
        state.Models[name] = model;
        return new() { ["registered_model"] = model.ToJson() };
    }

    private static JsonObject CreateVersion(MlflowState state, JsonObject request)
    {
        var (model, source, run) = (state.Model(Text(request, "name")), Text(request, "source"), Text(request, "run_id"));
        if (source.Split('/').Contains("..") || (!source.Contains(":/", StringComparison.Ordinal) && source.StartsWith('/')))
        {
            throw MlflowRefusal.Invalid($"Invalid model version source: '{source}'.");
        }

        if (run.Length > 0)
        {
            state.Run(run);
        }

        var version = new MlflowVersion($"{++model.Numbered}", source, run);
        MlflowState.Tag(version.Tags, request);
        model.VersionList.Add(version);
        return new() { ["model_version"] = version.ToJson(model.Name) };
    }

    private static JsonObject Search(MlflowState state, JsonObject request, int page)
    {
        var filter = MlflowFilter.Parse(Text(request, "filter"));
        var found = state.Models.Values
            .SelectMany(model => model.Versions.Select(version => (Model: model.Name, Version: version)))
            .Where(each => filter.All(part => part.Field switch
            {
                "name" => each.Model == part.Value,
                "run_id" => each.Version.Run == part.Value,
                "source_path" => each.Version.Source == part.Value,
                _ when part.Field.StartsWith("tags.", StringComparison.Ordinal) =>
                    each.Version.Tags.TryGetValue(part.Field[5..], out var value) && value == part.Value,
                _ => throw MlflowRefusal.Invalid($"Invalid attribute key '{part.Field}' specified"),
            }))
            .ToList();
        return MlflowState.Page(request, "model_versions", found, page, each => each.Version.ToJson(each.Model));
    }
}
