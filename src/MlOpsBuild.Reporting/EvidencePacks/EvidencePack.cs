using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>What there is on a version, by what is asked of it. Equal records give an equal pack.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The version.</param>
/// <param name="Bundle">Digest of its bundle.</param>
/// <param name="Model">Digest of its model, which is in the bundle and not in the pack.</param>
/// <param name="Entries">Every field.</param>
/// <param name="Sources">Where each document was taken from, by its place.</param>
public sealed record EvidencePack(
    string Pipeline, int Version, Digest Bundle, Digest Model, IReadOnlyList<PackEntry> Entries,
    IReadOnlyDictionary<string, string> Sources)
{
    /// <summary>How many fields are in a state.</summary>
    public int Count(EvidenceState state) => Entries.Count(entry => entry.State == state);

    /// <summary>The pack of a version.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="version">The version, its bundle and its model.</param>
    /// <param name="documents">What is kept of it.</param>
    /// <param name="declarations">What people declare, by field.</param>
    /// <param name="keys">Whose signatures count.</param>
    /// <exception cref="StageFailedException">A declaration is not what was signed.</exception>
    public static EvidencePack Of(
        string pipeline, (int Number, Digest Bundle, Digest Model) version, IReadOnlyList<PackDocument> documents,
        IReadOnlyDictionary<string, Declaration> declarations, TrustedKeys keys)
    {
        var forged = declarations
            .Where(pair => pair.Value.Signature != null && !keys.Believes(pair.Value.About(pipeline, pair.Key), pair.Value.Signature))
            .ToList();
        if (forged.Count > 0)
        {
            throw new StageFailedException(
                "A declaration is not what was signed",
                [.. forged.Select(pair => new Finding(
                    "MLB6019", "The signature is of another text, or of nobody who is trusted", $"declaration {pair.Key} of {pipeline}",
                    pair.Value.Signature!.Key, "the signature of this text by a key in .nuke/keys",
                    "whoever answers for it signs it again: Evidence --sign-declarations"))],
                Verdict.Failed);
        }

        return new(
            pipeline, version.Number, version.Bundle, version.Model,
            [.. EvidenceFields.All.Select(field => Entry(field, documents, declarations.GetValueOrDefault(field.Id), keys))],
            new SortedDictionary<string, string>(
                documents.ToDictionary(document => document.Path, document => document.From), StringComparer.Ordinal));
    }

    // Whatever is signed here was verified above; where nobody is trusted a signature proves nothing.
    private static PackEntry Entry(EvidenceField field, IReadOnlyList<PackDocument> documents, Declaration? declared, TrustedKeys keys)
    {
        var answers = new SortedDictionary<string, Digest>(
            documents.Where(document => field.Documents.Any(document.Is))
                .ToDictionary(document => document.Path, document => document.Digest),
            StringComparer.Ordinal);
        return new(
            field,
            answers.Count > 0 ? EvidenceState.Documented : declared != null ? EvidenceState.Declared : EvidenceState.Missing,
            answers, declared, keys.Demands ? declared?.Signature?.Key : null);
    }
}
