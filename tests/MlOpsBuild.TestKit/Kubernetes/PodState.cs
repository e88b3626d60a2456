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

    /// <summary>Whether it runs once, to its end.</summary>
    public bool IsOfJob => Content["metadata"]!["labels"]?[FakeJobController.Label] != null;

    /// <summary>Whether its node was lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>The file of its last words; empty where it has none.</summary>
    public string Message { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public string Phase => Waiting != null || Container.Length == 0 ? "Pending"
        : !IsOfJob || Ended == null ? "Running" : Ended.Value.Code == 0 ? "Succeeded" : "Failed";

    /// <summary>As the API server tells it.</summary>
    public JsonObject Status
    {
        get
        {
            var status = new JsonObject
            {
                ["name"] = (string)Content["spec"]!["containers"]![0]!["name"]!, ["ready"] = Ready, ["restartCount"] = Restarts,
                ["image"] = "image", ["imageID"] = "image",
                ["state"] = Waiting is { } why
                    ? new JsonObject { ["waiting"] = new JsonObject { ["reason"] = why.Reason, ["message"] = why.Message } }
                    : IsOfJob && Ended is { } over ? new JsonObject
                    {
                        ["terminated"] = new JsonObject
                        {
                            ["reason"] = over.Reason, ["exitCode"] = over.Code,
                            ["message"] = Message.Length > 0 ? File.ReadAllText(Message) : "",
                        },
                    }
                    : new JsonObject { ["running"] = new JsonObject() },
            };
            if (!IsOfJob && Ended is { } end)
            {
                status["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["reason"] = end.Reason,
                    ["exitCode"] = end.Code } };
            }

            return status;
        }
    }
}
