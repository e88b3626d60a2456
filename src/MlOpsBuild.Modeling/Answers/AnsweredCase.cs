using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>A case and its answers.</summary>
/// <param name="Features">The columns of the case that the prompt names.</param>
/// <param name="Expected">What a good answer says; null where that is not known.</param>
/// <param name="Answers">One for each time that it was asked.</param>
public sealed record AnsweredCase(JsonObject Features, string? Expected, IReadOnlyList<GivenAnswer> Answers)
{
    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };

    /// <summary>The mean over answers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Score => Answers.Average(answer => answer.Score);

    /// <summary>Reads one line of a file of answers.</summary>
    public static AnsweredCase Parse(string line) => CanonicalJson.Deserialize<AnsweredCase>(Encoding.UTF8.GetBytes(line));

    /// <summary>One line of a file of answers, its end included.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, CanonicalJson.Of<AnsweredCase>(OneLine)) + "\n";
}
