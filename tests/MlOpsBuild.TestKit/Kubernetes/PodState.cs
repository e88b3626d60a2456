using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>A pod as its node knows it.</summary>
internal sealed class PodState(JsonObject content)
{
    public JsonObject Content { get; } = content;

    /// <summary>What the engine calls its container; empty before there is one.</summary>
    public string Container { get; set; } = "";

    /// <summary>The container's ports → this machine's.</summary>
    public Dictionary<int, int> Ports { get; } = [];

    public bool Ready { get; set; }

    public int Restarts { get; set; }

    /// <summary>Why it does not run.</summary>
    public (string Reason, string Message)? Waiting { get; set; }

    /// <summary>How it ended last.</summary>
    public (string Reason, int Code)? Ended { get; set; }

    /// <summary>As the API server tells it.</summary>
    public JsonObject Status
    {
        get
        {
            var status = new JsonObject
            {
                ["name"] = "server", ["ready"] = Ready, ["restartCount"] = Restarts, ["image"] = "image", ["imageID"] = "image",
                ["state"] = Waiting is { } why
                    ? new JsonObject { ["waiting"] = new JsonObject { ["reason"] = why.Reason, ["message"] = why.Message } }
                    : new JsonObject { ["running"] = new JsonObject() },
            };
            if (Ended is { } end)
            {
                status["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["reason"] = end.Reason,
                    ["exitCode"] = end.Code } };
            }

            return status;
        }
    }
}
