using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Statuses of commits and of pull requests on Azure DevOps: each is kept, and the last of a name counts.</summary>
internal sealed class AzureStatuses(FakeAzureDevOps host)
{
    private static readonly string[] States = ["notSet", "notApplicable", "pending", "succeeded", "failed", "error"];

    public List<JsonObject> All { get; } = [];

    public HostAnswer Set(HostCall call, string place, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return FakeAzureDevOps.NotAllowed;
        }

        if (!host.MaySetStatus)
        {
            return HostAnswer.Message(403, "TF401027: You need the Git 'GenericContribute' permission to perform this action.");
        }

        if (Problem(fields) is { } problem)
        {
            return HostAnswer.Message(400, problem);
        }

        var status = new JsonObject { ["id"] = All.Count + 1, ["place"] = place }.With(fields);
        All.Add(status);
        return new(201, status.DeepClone());
    }

    private static string? Problem(JsonObject fields) =>
        fields.Unknown("state", "description", "targetUrl", "context", "iterationId") is { } unknown ? $"unknown field {unknown}"
        : !States.Contains(fields.Text("state")) ? "Unknown state."
        : fields.Inner("context") is not { } context || string.IsNullOrEmpty(context.Text("name")) ? "context.name is required."
        : context.Unknown("genre", "name") is { } other ? $"unknown field context.{other}"
        : fields.Text("targetUrl") is { Length: > 0 } address && !Uri.IsWellFormedUriString(address, UriKind.Absolute)
            ? "targetUrl is no address."
        : null;
}
