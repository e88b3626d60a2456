using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Deployments on GitHub and their statuses.</summary>
internal sealed class GitHubDeployments(FakeGitHub host)
{
    public List<JsonObject> All { get; } = [];

    public List<JsonObject> Statuses { get; } = [];

    public HostAnswer List(HostCall call, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return GitHubAnswers.NotAllowed;
        }

        if (!host.MayDeploy)
        {
            return GitHubAnswers.Forbidden;
        }

        if ((GitHubRules.Required(fields, "ref") ?? GitHubRules.Texts(fields, "task", "environment", "description") ?? Flags(fields))
            is { } problem)
        {
            return GitHubAnswers.Invalid(problem);
        }

        // Both defaults surprise: a deployment merges, and waits for every context of the commit.
        if (host.BaseIsAhead && fields["auto_merge"]?.GetValueKind() != JsonValueKind.False)
        {
            return HostAnswer.Message(202, $"Auto-merged main into {fields.Text("ref")} on deployment.");
        }

        if (host.ContextsArePending && fields["required_contexts"] is not JsonArray { Count: 0 })
        {
            return HostAnswer.Message(409, "Conflict: Commit status checks failed for " + fields.Text("ref"));
        }

        var deployment = new JsonObject { ["id"] = All.Count + 1, ["task"] = "deploy", ["environment"] = "production" }.With(fields);
        All.Add(deployment);
        return new(201, deployment.DeepClone());
    }

    public HostAnswer Status(HostCall call, string id, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return GitHubAnswers.NotAllowed;
        }

        if (All.All(each => each["id"]!.ToString() != id))
        {
            return GitHubAnswers.NotFound;
        }

        if (!host.MayDeploy)
        {
            return GitHubAnswers.Forbidden;
        }

        var problem = GitHubRules.Required(fields, "state")
            ?? GitHubRules.OneOf(fields, "state", "error", "failure", "inactive", "in_progress", "queued", "pending", "success")
            ?? GitHubRules.AtMost(fields, "description", GitHubStatuses.LongestDescription)
            ?? GitHubRules.Texts(fields, "environment")
            ?? GitHubRules.Address(fields, "log_url")
            ?? GitHubRules.Address(fields, "environment_url")
            ?? GitHubRules.Address(fields, "target_url");
        if (problem != null)
        {
            return GitHubAnswers.Invalid(problem);
        }

        var status = new JsonObject { ["id"] = Statuses.Count + 1 }
            .With(fields)
            .With(new() { ["deployment_id"] = long.Parse(id, CultureInfo.InvariantCulture) });
        Statuses.Add(status);
        return new(201, status.DeepClone());
    }

    private static string? Flags(JsonObject fields)
    {
        foreach (var name in (string[])["auto_merge", "transient_environment", "production_environment"])
        {
            if (fields[name] is { } value && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            {
                return $"For 'properties/{name}', {value.ToJsonString()} is not a boolean.";
            }
        }

        return fields["required_contexts"] is null or JsonArray ? null : "For 'properties/required_contexts', it is not an array.";
    }
}
