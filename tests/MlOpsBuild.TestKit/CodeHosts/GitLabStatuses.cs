using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// Statuses of commits on GitLab, which are jobs: the next state of one that has not ended must be another that can follow.
/// </summary>
internal sealed class GitLabStatuses(FakeGitLab host)
{
    private const int LongestText = 255;

    public List<JsonObject> All { get; } = [];

    public HostAnswer Commit(HostCall call, string sha, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return GitLabAnswers.NotAllowed;
        }

        if (!host.MaySetStatus)
        {
            return GitLabAnswers.Forbidden;
        }

        if ((fields.Lacking("state") ?? fields.Outside("state", "pending", "running", "success", "failed", "canceled")) is { } invalid)
        {
            return invalid;
        }

        if (!sha.IsCommit())
        {
            return GitLabAnswers.NotFound("Commit");
        }

        if ((fields.Longer("name", LongestText) ?? fields.Longer("description", LongestText) ?? fields.Longer("target_url", LongestText))
            is { } tooLong)
        {
            return tooLong;
        }

        var state = fields.Value("state")!;
        var name = fields.Value("name") ?? fields.Value("context") ?? "default";
        var status = All.FindLast(each => each.Value("sha") == sha && each.Value("name") == name && each.Value("ref") == fields.Value("ref")
            && each.Value("status") is "pending" or "running");
        if (status?.Value("status") is { } before && (state == "pending" || state == before))
        {
            var move = state == "pending" ? "enqueue" : "run";
            return HostAnswer.Message(
                400, $"Cannot transition status via :{move} from :{before} (Reason(s): Status cannot transition via \"{move}\")");
        }

        if (status is null)
        {
            status = new JsonObject { ["id"] = All.Count + 1 };
            All.Add(status);
        }

        status.With(fields).With(new() { ["sha"] = sha, ["name"] = name, ["status"] = state });
        return new(201, status.DeepClone());
    }
}
