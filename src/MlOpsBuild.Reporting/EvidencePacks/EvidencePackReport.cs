using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>The index of an evidence pack, for people.</summary>
/// <param name="pack">The pack.</param>
public sealed class EvidencePackReport(EvidencePack pack)
{
    /// <summary>How much of what is asked is there.</summary>
    public string Answer
    {
        get
        {
            var missing = pack.Count(EvidenceState.Missing);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Of {pack.Entries.Count} things that are asked, records answer {pack.Count(EvidenceState.Documented)}, people {pack.Count(EvidenceState.Declared)}, and {(missing == 0 ? "nothing is missing" : $"{missing} {(missing == 1 ? "is" : "are")} missing")}. Whether what is there is enough is for people to judge.");
        }
    }

    /// <summary>Every field with what there is.</summary>
    public ReportTable Fields => new(
        ["asked by", "what", "state", "where"],
        [.. pack.Entries.Select(entry => (IReadOnlyList<string>)
        [
            $"{entry.Field.Framework} {entry.Field.Place}", entry.Field.Asks, State(entry), Where(entry),
        ])]);

    /// <summary>What is missing, and what it is called in <c>declarations.json</c>.</summary>
    public ReportTable Missing => new(
        ["missing", "what is asked"],
        [.. pack.Entries.Where(entry => entry.State == EvidenceState.Missing)
            .Select(entry => (IReadOnlyList<string>)[entry.Field.Id, entry.Field.Asks])]);

    /// <summary>The index as Markdown.</summary>
    public byte[] Markdown() => Render(TextFormat.Markdown, "evidence-pack.md.sbn");

    /// <summary>The index as a page that needs no network and no scripts.</summary>
    public byte[] Html() => Render(TextFormat.Html, "evidence-pack.html.sbn");

    private byte[] Render(TextFormat format, string template) => Encoding.UTF8.GetBytes(
        new ScribanRenderer(format).Render(EmbeddedText.Read(typeof(ReportTemplate).Assembly, template), new
        {
            pack.Pipeline,
            Version = pack.Version.ToString(CultureInfo.InvariantCulture),
            Bundle = pack.Bundle.ToString(),
            ModelDigest = pack.Model.ToString(),
            Answer,
            Fields,
            Documents = new ReportTable(
                ["document", "taken from"], [.. pack.Sources.Select(source => (IReadOnlyList<string>)[source.Key, source.Value])]),
            Style = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css"),
        }));

    private static string State(PackEntry entry) => entry.State switch
    {
        EvidenceState.Documented => entry.Declaration == null ? "documented" : "documented and declared",
        EvidenceState.Declared => entry.SignedBy == null ? "declared, not signed" : "declared and signed",
        _ => "missing",
    };

    private static string Where(PackEntry entry) => string.Join(
        "; ",
        entry.Documents.Select(document => $"{document.Key} (sha256 {document.Value.Abbreviated})")
            .Concat(entry.Declaration is { } said ? [Said(said, entry.SignedBy)] : []));

    private static string Said(Declaration said, string? key) => string.Create(
        CultureInfo.InvariantCulture,
        $"“{said.Statement}” ({said.Owner}, {said.Date:yyyy-MM-dd}{(key == null ? "" : $", key {key}")})");
}
