using System.Text.Json.Serialization;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>What somebody says where no record can.</summary>
/// <param name="Statement">What they say.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Date">Since when.</param>
public sealed record Declaration(string Statement, string Owner, DateOnly Date)
{
    /// <summary>Whose it is; null where nobody signed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Signature? Signature { get; init; }

    /// <summary>What is signed of it.</summary>
    public DeclarationStatement About(string pipeline, string field) => new(pipeline, field, Statement, Owner, Date);
}
