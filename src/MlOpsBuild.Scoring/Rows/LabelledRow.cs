using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>A hold-out row as a request, with what was predicted in training and what really happened.</summary>
/// <param name="Features">Named features.</param>
/// <param name="Label">What really happened: a number, the position of a class, or how good a text was.</param>
/// <param name="Prediction">What training predicted; a server must answer this to the bit.</param>
public sealed record LabelledRow(JsonObject Features, double Label, Prediction Prediction)
{
    /// <summary>What a good answer says, where the prediction is a text and it is known.</summary>
    public string? Expected { get; init; }

    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };

    /// <summary>Reads one line of a rows file.</summary>
    public static LabelledRow Parse(string line) => CanonicalJson.Deserialize<LabelledRow>(Encoding.UTF8.GetBytes(line));

    /// <summary>One line of a rows file, its end included.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, CanonicalJson.Of<LabelledRow>(OneLine)) + "\n";
}
