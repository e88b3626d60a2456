using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The parts of the REST interface of Bitbucket Cloud that reports of a run use, with its limits and refusals.</summary>
public sealed class FakeBitbucket : FakeCodeHost
{
    private readonly BitbucketComments _comments;
    private readonly BitbucketRequests _requests;
    private readonly BitbucketStatuses _statuses;

    /// <summary>Starts it, for an access token of the repository.</summary>
    public FakeBitbucket()
        : base("2.0/", "bb-fixture", PersonOf("token of the repository")) =>
        (_comments, _requests, _statuses) = (new(this), new(this), new(this));

    /// <summary>The one repository it has.</summary>
    public string Repository { get; set; } = "acme/shop";

    /// <summary>The name that goes with the token of a person; null for an access token, which stands alone.</summary>
    public string? User { get; set; }

    /// <summary>The build statuses as they are now, each with its <c>sha</c>.</summary>
    public IReadOnlyList<JsonElement> Statuses => Copied(_statuses.All.Select(JsonFields.Frozen));

    /// <summary>The number that somebody of this name has, however it is written.</summary>
    public static string PersonOf(string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToUpperInvariant()))[..16]).ToString("B");

    internal static HostAnswer NotFound { get; } = Refusal(404, "Resource not found");

    internal static HostAnswer NotAllowed { get; } = Refusal(405, "Method not allowed");

    internal static HostAnswer Refusal(int status, string message, string? detail = null)
    {
        var error = new JsonObject { ["message"] = message };
        if (detail != null)
        {
            error["detail"] = detail;
        }

        return new(status, new JsonObject { ["type"] = "error", ["error"] = error });
    }

    private protected override HostAnswer Answer(HostCall call)
    {
        var word = User == null ? $"Bearer {Token}" : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Token}"))}";
        if (call.Header("Authorization") != word)
        {
            return Refusal(401, "Token is invalid, expired, or not supported for this endpoint.");
        }

        if (call.Segments is not ["2.0", .. var path])
        {
            return NotFound;
        }

        if (call.Fields() is not { } fields)
        {
            return Refusal(400, "Bad request", "The request body is not valid JSON.");
        }

        var (workspace, name) = Repository.Split('/') is [var first, var second] ? (first, second) : ("", "");
        return path switch
        {
            ["user"] when call.Method != "GET" => NotAllowed,
            ["user"] when User == null => Refusal(403, "This API is not accessible by this authentication mechanism"),
            ["user"] => new(200, new JsonObject { ["type"] = "user", ["uuid"] = Viewer, ["display_name"] = User }),
            ["workspaces", var at, "permissions", "repositories", var of] when at == workspace && of == name => _requests.Permissions(call),
            ["repositories", var at, var of, .. var rest] when at == workspace && of == name => rest switch
            {
                ["pullrequests", var id, "comments"] => _comments.Thread(call, id, fields),
                ["pullrequests", var id, "comments", var comment] => _comments.One(call, id, comment, fields),
                ["pullrequests", var id] => _requests.One(call, id),
                ["commit", var sha, "pullrequests"] => _requests.Of(call, sha),
                ["commit", var sha, "statuses", "build"] => _statuses.Commit(call, sha, fields),
                _ => NotFound,
            },
            _ => NotFound,
        };
    }
}
