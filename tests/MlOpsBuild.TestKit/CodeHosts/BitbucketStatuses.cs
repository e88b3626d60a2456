using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Build statuses on Bitbucket: one for each key of a commit, with limits of their own.</summary>
internal sealed class BitbucketStatuses(FakeBitbucket host)
{
    private const int LongestKey = 40;
    private const int LongestText = 255;
    private static readonly string[] States = ["SUCCESSFUL", "FAILED", "INPROGRESS", "STOPPED"];

    public List<JsonObject> All { get; } = [];

    public HostAnswer Commit(HostCall call, string sha, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return FakeBitbucket.NotAllowed;
        }

        if (!host.MaySetStatus)
        {
            return FakeBitbucket.Refusal(403, "Your credentials lack one or more required privilege scopes.", "repository:write");
        }

        if (!sha.IsCommit())
        {
            return FakeBitbucket.NotFound;
        }

        if (Problem(fields) is { } problem)
        {
            return FakeBitbucket.Refusal(400, "Bad request", problem);
        }

        if (All.Find(each => each.Text("sha") == sha && each.Text("key") == fields.Text("key")) is { } before)
        {
            before.With(fields);
            return new(200, before.DeepClone());
        }

        var status = new JsonObject { ["type"] = "build", ["sha"] = sha }.With(fields);
        All.Add(status);
        return new(201, status.DeepClone());
    }

    private static string? Problem(JsonObject fields) =>
        fields.Unknown("key", "name", "description", "state", "url", "refname") is { } unknown ? $"extra keys not allowed: {unknown}"
        : fields.Text("key") is not { Length: > 0 and <= LongestKey } ? $"key: 1 to {LongestKey} characters"
        : !States.Contains(fields.Text("state")) ? "state: not a valid value"
        : !Uri.IsWellFormedUriString(fields.Text("url"), UriKind.Absolute) ? "url: required key not provided"
        : fields.Text("name")?.Length > LongestText || fields.Text("description")?.Length > LongestText ? "longer than 255 characters"
        : null;
}
