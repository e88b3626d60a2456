using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Answers;

/// <summary>
/// Says how good an answer is, from 0 to 1. Those of this assembly need nothing but the texts, and score wherever answers are given.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExactAnswer), "exact")]
[JsonDerivedType(typeof(ContainedAnswer), "contains")]
[JsonDerivedType(typeof(MatchedAnswer), "regex")]
public abstract record TextScorer
{
    /// <summary>Its name in reports, and in <c>Metrics.Score(name)</c>.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>Whether it compares with what a good answer says, without which it cannot score a case.</summary>
    [JsonIgnore]
    public virtual bool NeedsExpected => false;

    /// <summary>How good <paramref name="answer"/> is, from 0 to 1.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="expected">What a good answer says; null where that is not known.</param>
    public abstract double Score(string answer, string? expected);
}
