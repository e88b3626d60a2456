using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Environments on GitLab.</summary>
internal sealed class GitLabEnvironments(FakeGitLab host)
{
    private const int LongestText = 255;

    public List<JsonObject> All { get; } = [];

    public HostAnswer List(HostCall call, JsonObject fields) => call.Method switch
    {
        "GET" => GitLabPage.Of(host, call, All.Where(each => Matches(call, each.Value("name")!)), each => each.DeepClone()),
        "POST" when !host.MayDeploy => GitLabAnswers.Forbidden,
        "POST" => fields.Lacking("name") ?? Refusal(fields) ?? Name(fields.Value("name") ?? "") ?? new(201, Add(fields).DeepClone()),
        _ => GitLabAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PUT"))
        {
            return GitLabAnswers.NotAllowed;
        }

        if (Find(id) is not { } environment)
        {
            return GitLabAnswers.NotFound("Environment");
        }

        if (call.Method == "GET")
        {
            return new(200, environment.DeepClone());
        }

        if (!host.MayDeploy)
        {
            return GitLabAnswers.Forbidden;
        }

        // A name cannot be changed any more; one that is sent is ignored.
        fields.Remove("name");
        return Refusal(fields) ?? new(200, environment.With(fields).DeepClone());
    }

    public HostAnswer Stop(HostCall call, string id) =>
        call.Method != "POST" ? GitLabAnswers.NotAllowed
        : Find(id) is not { } environment ? GitLabAnswers.NotFound("Environment")
        : !host.MayDeploy ? GitLabAnswers.Forbidden
        : new(200, environment.With(new() { ["state"] = "stopped" }).DeepClone());

    /// <summary>The environment of a deployment, which comes with it.</summary>
    public JsonObject Ensure(string name) => All.Find(each => each.Value("name") == name) ?? Add(new() { ["name"] = name });

    private JsonObject Add(JsonObject fields)
    {
        var environment = new JsonObject { ["id"] = All.Count + 1, ["state"] = "available", ["external_url"] = null }.With(fields);
        All.Add(environment);
        return environment;
    }

    private JsonObject? Find(string id) => All.Find(each => each.Value("id") == id);

    private static bool Matches(HostCall call, string name) =>
        (!call.Query.TryGetValue("name", out var exact) || name == exact)
            && (!call.Query.TryGetValue("search", out var part) || name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static HostAnswer? Refusal(JsonObject fields) =>
        fields.Outside("tier", "production", "staging", "testing", "development", "other")
        ?? fields.Longer("external_url", LongestText)
        ?? (fields.Value("external_url") is { Length: > 0 } address
            && !address.StartsWith("http://", StringComparison.Ordinal)
            && !address.StartsWith("https://", StringComparison.Ordinal)
            ? GitLabAnswers.Field("external_url", "javascript scheme is not allowed")
            : null);

    private HostAnswer? Name(string name) =>
        name.Length == 0 ? GitLabAnswers.Field("name", "can't be blank")
        : name.Length > LongestText ? GitLabAnswers.Field("name", $"is too long (maximum is {LongestText} characters)")
        : name[0] == '/'
            || name[^1] == '/'
            || !name.All(each => char.IsAsciiLetterOrDigit(each) || "-_/${}. ".Contains(each, StringComparison.Ordinal))
            ? GitLabAnswers.Field(
                "name",
                "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot start or end with '/'")
        : All.Exists(each => each.Value("name") == name) ? GitLabAnswers.Field("name", "has already been taken")
        : null;
}
