using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

/// <summary>A version with a few documents, for tests.</summary>
internal static class PackExample
{
    public static IReadOnlyList<PackDocument> Documents { get; } =
    [
        new(PackDocument.Run, "{\"run\":1}"u8.ToArray(), "the run 1"), new(PackDocument.Contract, "{}"u8.ToArray(), "the bundle"),
        new("attestations/abc.json", "[1]"u8.ToArray(), "attached to the image"),
        new("attestations/def.json", "[2]"u8.ToArray(), "attached to the image"),
    ];

    public static Declaration Oversight { get; } = new("Two people look at every plan.", "Ada", new(2026, 11, 1));

    public static EvidencePack Pack(
        IReadOnlyDictionary<string, Declaration>? declarations = null, TrustedKeys? keys = null,
        IReadOnlyList<PackDocument>? documents = null) => EvidencePack.Of(
        "Demand", (3, Digest.Of("bundle"), Digest.Of("model")), documents ?? Documents,
        declarations ?? new Dictionary<string, Declaration>(), keys ?? TrustedKeys.None);

    public static PackEntry Entry(this EvidencePack pack, string field) => pack.Entries.Single(entry => entry.Field.Id == field);
}
