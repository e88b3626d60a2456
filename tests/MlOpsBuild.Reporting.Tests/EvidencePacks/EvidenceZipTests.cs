using System.IO.Compression;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

public sealed class EvidenceZipTests
{
    [Fact]
    public void Equal_records_give_equal_bytes_whatever_their_order() =>
        EvidenceZip.Write(PackExample.Pack(), [.. PackExample.Documents.Reverse()])
            .ShouldBe(EvidenceZip.Write(PackExample.Pack(), PackExample.Documents));

    [Fact]
    public void Its_files_stand_in_the_order_of_their_names_without_times()
    {
        using var archive = Open(EvidenceZip.Write(PackExample.Pack(), PackExample.Documents));

        archive.Entries.Select(entry => entry.FullName).ShouldBe(
        [
            "attestations/abc.json", "attestations/def.json", "contract.json", "index.html", "index.json", "index.md", "run.json",
        ]);
        archive.Entries.ShouldAllBe(entry => entry.LastWriteTime.Year == 1980);
    }

    [Fact]
    public void The_index_has_the_digest_of_every_document_that_answers()
    {
        using var archive = Open(EvidenceZip.Write(PackExample.Pack(), PackExample.Documents));

        var index = CanonicalJson.Deserialize<EvidencePack>(Read(archive, "index.json"));

        foreach (var (path, digest) in index.Entries.SelectMany(entry => entry.Documents))
        {
            Digest.Of(Read(archive, path)).ShouldBe(digest);
        }

        (index.Pipeline, index.Version, index.Model).ShouldBe(("Demand", 3, Digest.Of("model")));
    }

    [Fact]
    public void People_find_states_and_places_in_the_index()
    {
        var declared = new Dictionary<string, Declaration> { ["annex-iv-2e"] = PackExample.Oversight with { Owner = "<Ada> | Bob" } };
        using var archive = Open(EvidenceZip.Write(PackExample.Pack(declared), PackExample.Documents));

        var (markdown, page) = (Encoding.UTF8.GetString(Read(archive, "index.md")), Encoding.UTF8.GetString(Read(archive, "index.html")));

        markdown.ShouldContain("# Evidence: Demand v3");
        markdown.ShouldContain($"contract.json (sha256 {Digest.Of("{}").Hex[..12]})");
        page.ShouldContain("“Two people look at every plan.” (&lt;Ada&gt; | Bob, 2026-11-01)");
        page.ShouldContain("declared, not signed");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public void How_much_is_there_is_said_first()
    {
        var declared = new Dictionary<string, Declaration> { ["annex-iv-2e"] = PackExample.Oversight };
        var report = new EvidencePackReport(PackExample.Pack(declared));
        var all = EvidenceFields.All.Count;
        var missing = report.Missing.Rows.Count;

        report.Answer.ShouldStartWith(
            $"Of {all} things that are asked, records answer {all - missing - 1}, people 1, and {missing} are missing.");
        report.Missing.Rows.ShouldContain(row => row.SequenceEqual(new[] { "annex-iv-5", "the risk management system" }));
    }

    private static ZipArchive Open(byte[] content) => new(new MemoryStream(content));

    private static byte[] Read(ZipArchive archive, string path)
    {
        using var stream = archive.GetEntry(path)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
