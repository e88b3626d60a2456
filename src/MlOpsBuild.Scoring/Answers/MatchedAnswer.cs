using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Scoring.Answers;

/// <summary>1 for an answer in which a pattern is found.</summary>
/// <param name="Pattern">
/// A regular expression without look-around and back-references, so that no answer takes longer than its length.
/// </param>
public sealed record MatchedAnswer(string Pattern) : TextScorer
{
    private Regex? _compiled;

    /// <inheritdoc />
    [JsonIgnore]
    public override string Name => $"regex {Pattern}";

    /// <inheritdoc />
    public override double Score(string answer, string? expected) => (_compiled ??= Compile(Pattern)).IsMatch(answer) ? 1 : 0;

    /// <summary>The pattern, ready to match.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It looks around or back.</exception>
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <inheritdoc />
    public bool Equals(MatchedAnswer? other) => other?.Pattern == Pattern;

    /// <inheritdoc />
    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);
}
