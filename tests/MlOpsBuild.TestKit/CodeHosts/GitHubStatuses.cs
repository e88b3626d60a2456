using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Statuses of commits on GitHub.</summary>
internal sealed class GitHubStatuses(FakeGitHub host)
{
    public const int LongestDescription = 140;

    private const int MostForContext = 1000;

    public List<JsonObject> All { get; } = [];

    public HostAnswer Commit(HostCall call, string sha, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return GitHubAnswers.NotAllowed;
        }

        if (!host.MaySetStatus)
        {
            return GitHubAnswers.Forbidden;
        }

        if (GitHubRules.Commit(sha) is { } unknown)
        {
            return HostAnswer.Message(422, unknown);
        }

        if ((GitHubRules.Required(fields, "state")
            ?? GitHubRules.OneOf(fields, "state", "error", "failure", "pending", "success")
            ?? GitHubRules.Texts(fields, "context"))
            is { } invalid)
        {
            return GitHubAnswers.Invalid(invalid);
        }

        if (fields.Text("description")?.Characters() > LongestDescription)
        {
            return GitHubAnswers.Failed("Status", "description", $"description is too long (maximum is {LongestDescription} characters)");
        }

        if (GitHubRules.Address(fields, "target_url") is { } address)
        {
            return GitHubAnswers.Failed("Status", "target_url", address);
        }

        var context = fields.Text("context") ?? "default";
        if (All.Count(each => each.Text("sha") == sha && each.Text("context") == context) >= MostForContext)
        {
            return GitHubAnswers.Failed("Status", "context", "This SHA and context has reached the maximum number of statuses.");
        }

        var status = new JsonObject { ["id"] = All.Count + 1, ["context"] = context }.With(fields).With(new() { ["sha"] = sha });
        All.Add(status);
        return new(201, status.DeepClone());
    }
}
