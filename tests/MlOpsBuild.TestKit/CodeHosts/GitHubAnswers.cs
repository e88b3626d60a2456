using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>GitHub's refusals, in its words.</summary>
internal static class GitHubAnswers
{
    public static HostAnswer NotFound => HostAnswer.Message(404, "Not Found");

    public static HostAnswer NotAllowed => HostAnswer.Message(405, "Method Not Allowed");

    public static HostAnswer Forbidden => HostAnswer.Message(403, "Resource not accessible by integration");

    public static HostAnswer NotJson => HostAnswer.Message(400, "Problems parsing JSON");

    /// <summary>The body does not fit the schema.</summary>
    public static HostAnswer Invalid(string problem) => HostAnswer.Message(422, $"Invalid request.\n\n{problem}");

    /// <summary>The body fits the schema and the model refuses it; the reason is in <c>errors</c>, not in <c>message</c>.</summary>
    public static HostAnswer Failed(string resource, string field, string problem)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = "unprocessable", ["field"] = field, ["message"] = problem };
        return new(422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(error), ["status"] = "422" });
    }
}
