using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

public sealed class EvidencePackReportTests
{
    private static readonly Dictionary<string, Declaration> Declared = new()
    {
        ["annex-iv-2e"] = PackExample.Oversight, ["annex-iv-2d"] = new("Cleaned by hand.", "Bob", new(2026, 10, 2)),
    };

    [Fact]
    public void Every_field_is_a_row_with_who_asks_it_and_where()
    {
        var table = new EvidencePackReport(PackExample.Pack(Declared)).Fields;

        table.Rows.Count.ShouldBe(EvidenceFields.All.Count);
        table.Rows[0].Take(3).ShouldBe(
            ["EU AI Act, Annex IV 1(a)", "intended purpose, provider, version and its relation to earlier ones", "missing"]);
    }

    [Fact]
    public void Documents_stand_with_the_beginning_of_their_digest_and_declarations_with_owner_and_date()
    {
        var rows = new EvidencePackReport(PackExample.Pack(Declared)).Fields.Rows;

        var data = rows.Single(row => row[0].EndsWith(" 2(d)", StringComparison.Ordinal));
        data[2].ShouldBe("documented and declared");
        data[3].ShouldBe(
            $"contract.json (sha256 {Digest.Of("{}").Hex[..12]}); run.json (sha256 {Digest.Of("{\"run\":1}").Hex[..12]}); “Cleaned by hand.” (Bob, 2026-10-02)");
        rows.Single(row => row[0].EndsWith(" 2(e)", StringComparison.Ordinal))[3].ShouldBe(
            "“Two people look at every plan.” (Ada, 2026-11-01)");
    }

    [Fact]
    public void When_nothing_is_missing_that_is_said()
    {
        var all = EvidenceFields.All.ToDictionary(field => field.Id, _ => PackExample.Oversight);
        var report = new EvidencePackReport(PackExample.Pack(all, documents: []));

        report.Answer.ShouldBe(
            $"Of {all.Count} things that are asked, records answer 0, people {all.Count}, and nothing is missing. Whether what is there is enough is for people to judge.");
        report.Missing.Rows.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_is_missing_is_one()
    {
        var but = EvidenceFields.All.Skip(1).ToDictionary(field => field.Id, _ => PackExample.Oversight);

        new EvidencePackReport(PackExample.Pack(but, documents: [])).Answer.ShouldContain("and 1 is missing.");
    }

    /// <summary>Every digest of the index can be computed again from what lies beside it.</summary>
    [Fact]
    public void The_page_and_the_text_say_the_same_of_where_documents_are_from()
    {
        var report = new EvidencePackReport(PackExample.Pack());
        var (markdown, page) = (Encoding.UTF8.GetString(report.Markdown()), Encoding.UTF8.GetString(report.Html()));

        foreach (var document in PackExample.Documents)
        {
            markdown.ShouldContain($"| {document.Path} | {document.From} |");
            page.ShouldContain($"<td>{document.Path}</td><td>{document.From}</td>");
        }
    }

    [Theory]
    [InlineData("run.json", "run.json", true)]
    [InlineData("run.json", "runs.json", false)]
    [InlineData("attestations/a.json", "attestations/", true)]
    [InlineData("attestations/a.json", "attestations", false)]
    [InlineData("a/attestations/b.json", "attestations/", false)]
    public void A_document_is_named_by_itself_or_by_its_folder(string path, string name, bool expected) =>
        new PackDocument(path, [], "here").Is(name).ShouldBe(expected);
}
