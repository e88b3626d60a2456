using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Check runs on GitHub, which only an app may write.</summary>
internal sealed class GitHubChecks(FakeGitHub host)
{
    public List<JsonObject> All { get; } = [];

    public HostAnswer List(HostCall call, JsonObject fields) => call.Method switch
    {
        "POST" => Refusal(fields, creates: true) ?? Create(fields),
        _ => GitHubAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PATCH"))
        {
            return GitHubAnswers.NotAllowed;
        }

        if (All.Find(each => each["id"]!.ToString() == id) is not { } run)
        {
            return GitHubAnswers.NotFound;
        }

        if (call.Method == "GET")
        {
            return new(200, Json(run));
        }

        return Refusal(fields, creates: false) ?? new(200, Json(Merge(run, fields)));
    }

    private HostAnswer? Refusal(JsonObject fields, bool creates) =>
        !host.IsApp ? HostAnswer.Message(403, "You must authenticate via a GitHub App.")
        : !host.MayCheck ? GitHubAnswers.Forbidden
        : GitHubCheckRules.Run(fields, creates) is { } problem ? GitHubAnswers.Invalid(problem)
        : null;

    private HostAnswer Create(JsonObject fields)
    {
        var run = Merge(
            new()
            {
                ["id"] = All.Count + 1, ["html_url"] = $"https://github.com/{host.Repository}/runs/{All.Count + 1}", ["status"] = "queued"
            },
            fields);
        All.Add(run);
        return new(201, Json(run));
    }

    // An answer counts annotations; they are listed elsewhere.
    private static JsonObject Json(JsonObject run)
    {
        var answer = (JsonObject)run.DeepClone();
        var output = (JsonObject)answer["output"]!;
        output["annotations_count"] = Annotations(run).Count();
        output.Remove("annotations");
        return answer;
    }

    // An update replaces what it names, except that its annotations come after those before.
    private static JsonObject Merge(JsonObject run, JsonObject fields)
    {
        var annotations = new JsonArray([.. Annotations(run), .. Annotations(fields)]);
        var output = ((run["output"]?.DeepClone() as JsonObject) ?? []).With(fields["output"] as JsonObject ?? []);
        run.With(fields);
        output["annotations"] = annotations;
        run["output"] = output;
        if (run.Has("conclusion"))
        {
            run["status"] = "completed";
        }

        return run;
    }

    private static IEnumerable<JsonNode?> Annotations(JsonObject fields) =>
        (fields["output"]?["annotations"] as JsonArray ?? []).Select(each => each?.DeepClone());
}
