using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>What the API server answers when it does not do what is asked: a <c>Status</c> as it is published.</summary>
public sealed class ApiException(int code, string reason, string message, params (string Field, string Message)[] causes)
    : Exception(message)
{
    /// <summary>The status code.</summary>
    public int Code => code;

    /// <summary>The body.</summary>
    public JsonObject Body => new()
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = Message,
        ["reason"] = reason, ["code"] = code,
        ["details"] = new JsonObject
        {
            ["causes"] = new JsonArray([.. causes.Select(cause => new JsonObject
            {
                ["reason"] = reason == "Conflict" ? "FieldManagerConflict" : "FieldValueInvalid", ["field"] = cause.Field,
                ["message"] = cause.Message
            })]),
        },
    };
}
