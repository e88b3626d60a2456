using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Answers;

/// <summary>1 for an answer that says what is expected and nothing else; space around it does not count.</summary>
/// <param name="IgnoresCase">Whether capital letters count as small ones.</param>
public sealed record ExactAnswer(bool IgnoresCase = false) : TextScorer
{
    /// <inheritdoc />
    [JsonIgnore]
    public override string Name => "exact";

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsExpected => true;

    /// <inheritdoc />
    public override double Score(string answer, string? expected) => expected != null && string.Equals(
        answer.Trim(), expected.Trim(), IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) ? 1 : 0;
}
