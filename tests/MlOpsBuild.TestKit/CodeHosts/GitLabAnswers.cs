using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>GitLab's refusals, in its words.</summary>
internal static class GitLabAnswers
{
    public static HostAnswer NoRoute => Error(404, "404 Not Found");

    public static HostAnswer NotAllowed => Error(405, "405 Not Allowed");

    public static HostAnswer Forbidden => HostAnswer.Message(403, "403 Forbidden");

    public static HostAnswer Unauthorized => HostAnswer.Message(401, "401 Unauthorized");

    public static HostAnswer NotFound(string what) => HostAnswer.Message(404, $"404 {what} Not Found");

    public static HostAnswer BadRequest(string problem) => HostAnswer.Message(400, $"400 Bad request - {problem}");

    /// <summary>What the interface itself refuses, before the model sees it, comes under <c>error</c>.</summary>
    public static HostAnswer Error(int status, string problem) => new(status, new JsonObject { ["error"] = problem });

    /// <summary>What the model refuses about one of its fields.</summary>
    public static HostAnswer Field(string name, string problem) =>
        new(400, new JsonObject { ["message"] = new JsonObject { [name] = new JsonArray(problem) } });
}
