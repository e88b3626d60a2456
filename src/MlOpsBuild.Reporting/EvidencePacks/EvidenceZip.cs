using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>An evidence pack as one file.</summary>
public static class EvidenceZip
{
    /// <summary>The file's bytes; the same for the same pack.</summary>
    public static byte[] Write(EvidencePack pack, IReadOnlyList<PackDocument> documents)
    {
        var report = new EvidencePackReport(pack);
        return TimelessZip.Write(
        [
            .. documents.Select(document => KeyValuePair.Create(document.Path, document.Content)),
            KeyValuePair.Create("index.json", CanonicalJson.Serialize(pack)),
            KeyValuePair.Create("index.md", report.Markdown()),
            KeyValuePair.Create("index.html", report.Html()),
        ]);
    }
}
