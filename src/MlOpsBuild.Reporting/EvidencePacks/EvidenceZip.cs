using System.IO.Compression;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>An evidence pack as one file: in the order of names, without times.</summary>
public static class EvidenceZip
{
    // The earliest that the format knows.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The file's bytes; the same for the same pack.</summary>
    public static byte[] Write(EvidencePack pack, IReadOnlyList<PackDocument> documents)
    {
        var report = new EvidencePackReport(pack);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in documents.Select(document => (document.Path, document.Content))
                .Append(("index.json", CanonicalJson.Serialize(pack)))
                .Append(("index.md", report.Markdown()))
                .Append(("index.html", report.Html()))
                .OrderBy(file => file.Item1, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(path, CompressionLevel.SmallestSize);
                entry.LastWriteTime = Epoch;
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }
}
