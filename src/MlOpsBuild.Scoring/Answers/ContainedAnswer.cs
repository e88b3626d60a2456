using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Answers;

/// <summary>1 for an answer with a text in it.</summary>
/// <param name="Text">The text; null for what is expected of the case.</param>
/// <param name="IgnoresCase">Whether capital letters count as small ones.</param>
public sealed record ContainedAnswer(string? Text = null, bool IgnoresCase = false) : TextScorer
{
    /// <inheritdoc />
    [JsonIgnore]
    public override string Name => Text == null ? "contains" : $"contains {Text}";

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsExpected => Text == null;

    /// <inheritdoc />
    public override double Score(string answer, string? expected) => (Text ?? expected?.Trim()) is { } wanted && answer.Contains(
        wanted, IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) ? 1 : 0;
}
