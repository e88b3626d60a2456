using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Statuses of commits on Gitea: each is kept, and the last of a context counts.</summary>
internal sealed class GiteaStatuses(FakeGitea host)
{
    private static readonly string[] States = ["pending", "success", "error", "failure", "warning"];

    public List<JsonObject> All { get; } = [];

    public HostAnswer Commit(HostCall call, string sha, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return FakeGitea.NotAllowed;
        }

        if (!host.MaySetStatus)
        {
            return HostAnswer.Message(403, "user should have a permission to write to a repo");
        }

        if (!sha.IsCommit())
        {
            return FakeGitea.NotFound;
        }

        if (fields.Unknown("context", "description", "state", "target_url") is { } unknown)
        {
            return FakeGitea.Invalid($"[{unknown}]: Unknown");
        }

        if (!States.Contains(fields.Text("state")))
        {
            return FakeGitea.Invalid("[State]: invalid commit status state");
        }

        if (fields.Text("target_url") is { Length: > 0 } address && !Uri.IsWellFormedUriString(address, UriKind.Absolute))
        {
            return FakeGitea.Invalid("[TargetURL]: ValidUrl");
        }

        var status = new JsonObject { ["id"] = All.Count + 1, ["sha"] = sha }.With(fields);
        All.Add(status);
        return new(201, status.DeepClone());
    }
}
