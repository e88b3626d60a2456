using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Reporting.EvidencePacks;
using MlOpsBuild.Store.Content;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>A version → what is kept and declared of it, by what is asked of it, in one file.</summary>
internal static class EvidenceFlow
{
    private const string Target = "Evidence";

    /// <summary>The file of declarations of a pipeline, from the checkout on.</summary>
    public static string DeclarationsOf(string pipeline) => $"pipelines/{pipeline}/declarations.json";

    public static async Task PackAsync(
        RunSession session, string? only, string? text, IReadOnlyList<ModelPipeline> pipelines, bool signs,
        CancellationToken cancellationToken)
    {
        var named = await NamedVersion.FindAsync(session, only, text, Target, cancellationToken);
        var declarations = await DeclarationsAsync(session, named.Pipeline, signs, cancellationToken);
        var documents = await new EvidenceDocuments(session, named).ReadAsync(
            pipelines.FirstOrDefault(pipeline => pipeline.Name == named.Pipeline), cancellationToken);
        var version = named.Version;
        var pack = EvidencePack.Of(
            named.Pipeline, (version.Number, version.Bundle, version.Model), documents, declarations, session.Store.Trust.Keys);
        var place = Path.Combine(session.Store.Folder, "evidence", Invariant($"{named.Pipeline}-v{version.Number}.zip"));
        var content = EvidenceZip.Write(pack, documents);
        await AtomicFile.WriteAsync(place, content, cancellationToken);
        if (session.Output.WantsDocument)
        {
            session.Output.Document(pack);
            return;
        }

        var report = new EvidencePackReport(pack);
        session.Output.Line(report.Answer);
        session.Output.Table(report.Missing.Headers, report.Missing.Rows);
        session.Output.Line(
            $"{Path.GetRelativePath(session.Root, place)}: {documents.Count} documents, sha256 {Digest.Of(content).Hex}; what no record can answer, people declare in {DeclarationsOf(named.Pipeline)}");
        session.Note(Invariant($"{pack.Count(EvidenceState.Missing)} missing"));
    }

    private static async Task<IReadOnlyDictionary<string, Declaration>> DeclarationsAsync(
        RunSession session, string pipeline, bool signs, CancellationToken cancellationToken)
    {
        var (name, path) = (DeclarationsOf(pipeline), Path.Combine(session.Root, DeclarationsOf(pipeline)));
        if (!File.Exists(path))
        {
            return signs
                ? throw new UsageException(new Finding(
                    "MLB7111", "There is nothing to sign", Target, name, "a file of declarations",
                    "write it; Evidence names what is missing"))
                : new Dictionary<string, Declaration>();
        }

        var declarations = DeclarationFile.Read(name, await File.ReadAllBytesAsync(path, cancellationToken));
        if (!signs)
        {
            return declarations;
        }

        var trust = session.Store.Trust;
        if (trust.KeyName is not { } key)
        {
            throw new UsageException(new Finding(
                "MLB7112", "There is no key to sign with", Target, null, "MLOPS_SIGNING_KEY", "make one by ./build.sh Keys"));
        }

        // Whoever signed before keeps what they signed, as long as it says what they signed.
        var signed = declarations.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Signature != null && trust.Keys.Believes(pair.Value.About(pipeline, pair.Key), pair.Value.Signature)
                ? pair.Value
                : pair.Value with { Signature = trust.Sign(pair.Value.About(pipeline, pair.Key)) });
        await AtomicFile.WriteAsync(
            path, CanonicalJson.Serialize(new SortedDictionary<string, Declaration>(signed, StringComparer.Ordinal)), cancellationToken);
        session.Output.Line($"{name}: signed with key {key}");
        return signed;
    }
}
