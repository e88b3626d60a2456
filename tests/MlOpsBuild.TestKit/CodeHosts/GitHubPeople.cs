using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Who may do what on GitHub, what they proposed, and how one reacts to them.</summary>
internal sealed class GitHubPeople(FakeGitHub host)
{
    private static readonly string[] Contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public List<(long Comment, string Content)> Reactions { get; } = [];

    public HostAnswer Permission(HostCall call, string person) => call.Method != "GET" ? GitHubAnswers.NotAllowed
        : host.Permissions.TryGetValue(person, out var permission)
            ? new(200, new JsonObject { ["permission"] = permission, ["user"] = new JsonObject { ["login"] = person } })
        : GitHubAnswers.NotFound;

    public HostAnswer React(HostCall call, string id, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return GitHubAnswers.NotAllowed;
        }

        if (!host.MayComment)
        {
            return GitHubAnswers.Forbidden;
        }

        if ((GitHubRules.Required(fields, "content") ?? GitHubRules.OneOf(fields, "content", Contents)) is { } problem)
        {
            return GitHubAnswers.Invalid(problem);
        }

        Reactions.Add((long.Parse(id, CultureInfo.InvariantCulture), fields.Text("content")!));
        return new(201, new JsonObject { ["id"] = Reactions.Count, ["content"] = fields.Text("content") });
    }

    // Without a head all open requests are listed; a head is owner and branch.
    public HostAnswer Pulls(HostCall call, IEnumerable<JsonObject> proposed) => call.Method != "GET" ? GitHubAnswers.NotAllowed
        : new(200, new JsonArray(
    [
        .. host.OpenPulls
            .Where(pull => call.Query.GetValueOrDefault("state", "open") == "open"
                && (!call.Query.TryGetValue("head", out var head) || head == pull.Head))
            .Select(pull => new JsonObject
            {
                ["number"] = pull.Number, ["state"] = "open", ["head"] = new JsonObject { ["sha"] = pull.Commit, ["label"] = pull.Head }
            }),
        .. proposed,
    ]));
}
