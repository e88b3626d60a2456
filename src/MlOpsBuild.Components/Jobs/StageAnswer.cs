using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Jobs;

/// <summary>What a worker gives: what the stage gave, or why it failed for good.</summary>
/// <param name="Key">The stage's key.</param>
/// <param name="Result">Its result; null when it failed.</param>
/// <param name="Files">Its files, by name.</param>
internal sealed record StageAnswer(
    Digest Key, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Digest? Result,
    SortedDictionary<string, Digest> Files)
{
    /// <summary>Why it failed; null when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }

    /// <summary>What it found then.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The verdict then; null where the caller is at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verdict? Verdict { get; init; }

    /// <summary>All content that it names.</summary>
    [JsonIgnore]
    public IEnumerable<Digest> Content => Files.Values.Concat(Result is { } result ? [result] : []).Distinct();

    /// <summary>The same exception as here.</summary>
    public FindingsException Exception() => Verdict is { } verdict
        ? new StageFailedException(Failure!, Findings, verdict)
        : new UsageException(Failure!, Findings);
}
