using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>One line of a prediction log: a row that was answered, a request that was not, or a label that came later.</summary>
/// <param name="At">When it was answered, or when the label came.</param>
/// <param name="Id">The row's id.</param>
public sealed record LogEntry(DateTimeOffset At, string Id)
{
    /// <summary>The version that answered; null of a label.</summary>
    public int? Version { get; init; }

    /// <summary>HTTP status of a request that got no prediction; null of any other line.</summary>
    public int? Status { get; init; }

    /// <summary>Columns of the row that the contract knows, but personal data.</summary>
    public JsonObject? Features { get; init; }

    /// <summary>What of them the gateway looked up; null where the request brought them all.</summary>
    public LookedUp? LookedUp { get; init; }

    /// <summary>The answer.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>What really happened: a number, or the position of a class.</summary>
    public double? Label { get; init; }

    /// <summary>From asking the model server to its answer, in milliseconds.</summary>
    [JsonPropertyName("ms")]
    public double? Milliseconds { get; init; }
}
