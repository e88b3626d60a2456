using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>A field, and what a pack has for it.</summary>
/// <param name="Field">The field.</param>
/// <param name="State">What there is.</param>
/// <param name="Documents">Digests of the documents that answer it, by their place in the pack.</param>
/// <param name="Declaration">What somebody declares of it, or null.</param>
/// <param name="SignedBy">Name of the key that signed the declaration and is trusted; null where none did.</param>
public sealed record PackEntry(
    EvidenceField Field, EvidenceState State, IReadOnlyDictionary<string, Digest> Documents,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Declaration? Declaration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SignedBy);
